using System.Globalization;
using Eve.Topics;

namespace Eve;

/// <summary>A setting of the device: its key, its default and what it may be. A value outside of that is refused, never bent.</summary>
public class ConfigItem
{
    internal ConfigItem(ConfigItemType type, string key, string defaultText = "")
    {
        ItemType = type;
        Key = key;
        _default = Read(defaultText) ?? throw new ArgumentException($"{key}: {defaultText} is no default", nameof(defaultText));
    }

    readonly ConfigItemValue _default;

    /// <summary>EVE's name of it; for one that agents may have each, without the agent's name.</summary>
    public string Key { get; }

    /// <summary>How it travels.</summary>
    public ConfigItemType ItemType { get; }

    /// <summary>Whether it is an override that one agent may have: <c>agent.NAME.KEY</c>.</summary>
    public bool PerAgent { get; internal init; }

    /// <summary>The least value of a number, where the platform says nothing else.</summary>
    public uint Min { get; internal init; }

    /// <summary>The largest value of a number.</summary>
    public uint Max { get; internal init; } = uint.MaxValue;

    /// <summary>What a value must be, in words that end "must be …".</summary>
    internal string? Form { get; init; }

    /// <summary>Whether a text is in that form.</summary>
    internal Func<string, bool> Accepts { get; init; } = _ => true;

    /// <summary>The default once a controller has been heard, where that is another.</summary>
    internal bool? ControllerDefault { get; init; }

    /// <summary>For numbers whose default and minimum the platform gives.</summary>
    internal Func<ConfigPlatform, uint>? PlatformMin { get; init; }

    /// <summary>The value that holds when nobody says anything.</summary>
    internal ConfigItemValue Default(ConfigSource source = ConfigSource.Device, ConfigPlatform? platform = null) => this switch
    {
        { PlatformMin: { } min } => _default with { IntValue = min(platform ?? ConfigPlatform.Unknown) },
        { ControllerDefault: { } value } when source == ConfigSource.Controller => _default with { BoolValue = value },
        _ => _default,
    };

    /// <summary>The value that a text means; null, with the reason and the remedy, when it means none.</summary>
    internal ConfigItemValue? Parse(string text, ConfigPlatform platform, out string error)
    {
        var least = PlatformMin?.Invoke(platform) ?? Min;
        var value = Read(text);
        if (value is not null && ItemType == ConfigItemType.Int && (value.IntValue < least || value.IntValue > Max))
            value = null;
        if (value is not null && ItemType == ConfigItemType.String && !Accepts(text))
            value = null;
        error = value is null ? $"must be {Expected(least)}" : "";
        return value;
    }

    /// <summary>A value as text: true/false, decimal, none/enabled/disabled, or the string itself.</summary>
    public static string Text(ConfigItemValue value) => value.ItemType switch
    {
        ConfigItemType.Bool => value.BoolValue ? "true" : "false",
        ConfigItemType.Int => value.IntValue.ToString(CultureInfo.InvariantCulture),
        ConfigItemType.TriState => value.TriStateValue switch { TriState.Enabled => "enabled", TriState.Disabled => "disabled", _ => "none" },
        _ => value.StrValue,
    };

    string Expected(uint least) => Form ?? ItemType switch
    {
        ConfigItemType.Bool => "true or false (also 1, 0, t, f)",
        ConfigItemType.Int => string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {Max}"),
        ConfigItemType.TriState => "none, enabled or disabled (also on, off)",
        _ => "text",
    };

    ConfigItemValue? Read(string text)
    {
        var value = new ConfigItemValue(Key, ItemType);
        return ItemType switch
        {
            ConfigItemType.Int => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? value with { IntValue = number } : null,
            ConfigItemType.Bool => ConfigTexts.Bool(text) is { } flag ? value with { BoolValue = flag } : null,
            ConfigItemType.TriState => ConfigTexts.TriState(text) is { } choice ? value with { TriStateValue = choice } : null,
            _ => value with { StrValue = text },
        };
    }
}

/// <summary>A setting whose value is a <typeparamref name="T"/>.</summary>
public sealed class ConfigItem<T> : ConfigItem
{
    internal ConfigItem(ConfigItemType type, string key, string defaultText, Func<ConfigItemValue, T> typed) : base(type, key, defaultText) => Typed = typed;

    internal Func<ConfigItemValue, T> Typed { get; }
}

/// <summary>Who is behind a set of configuration items: three of them have another default once a controller has been heard.</summary>
internal enum ConfigSource
{
    /// <summary>The device alone: nothing yet, a bootstrap file, or only the items of a saved configuration.</summary>
    Device,

    /// <summary>A controller's configuration, live or saved.</summary>
    Controller,
}

/// <summary>What the machine itself says about configuration items.</summary>
/// <param name="MemoryLimitBytes">The memory that the device's own programs are limited to; 0 when unknown.</param>
internal sealed record ConfigPlatform(ulong MemoryLimitBytes = 0)
{
    /// <summary>A machine that says nothing.</summary>
    public static readonly ConfigPlatform Unknown = new();

    internal uint MemoryLimitUInt => (uint)Math.Min(MemoryLimitBytes, uint.MaxValue);
    internal uint MemoryLimitMiB => (uint)Math.Min((MemoryLimitBytes >> 20) + (MemoryLimitBytes % (1 << 20) == 0 ? 0u : 1u), uint.MaxValue);
}

/// <summary>Severities of the kernel's and the system's log, as syslog numbers them.</summary>
public enum SyslogLevel
{
#pragma warning disable CS1591 // each is syslog's own word
    None = -1,
    Emergency = 0,
    Alert = 1,
    Critical = 2,
    Error = 3,
    Warning = 4,
    Notice = 5,
    Informational = 6,
    Debug = 7,
#pragma warning restore CS1591
}
