using System.Collections.Frozen;
using System.Globalization;
using Eve.Topics;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <content>How the lines of the table are written.</content>
public static partial class ConfigItems
{
    internal const string AgentPrefix = "agent.";
    const string LegacyAgentPrefix = "debug.";

    /// <summary>Those that the device has once.</summary>
    internal static IEnumerable<ConfigItem> OfDevice => All.Where(item => !item.PerAgent);

    /// <summary>An item by its key; null when there is none.</summary>
    public static ConfigItem? Find(string key) => Table.ByKey.GetValueOrDefault(key);

    internal static bool IsOfDevice(string key) => Find(key) is { PerAgent: false };

    /// <summary>The agent and the item that <c>agent.NAME.debug.loglevel</c>, or <c>debug.NAME.loglevel</c> as it was once spelled, means.</summary>
    internal static (string Agent, ConfigItem Item)? FindOverride(string key)
    {
        var legacy = key.StartsWith(LegacyAgentPrefix, StringComparison.Ordinal);
        if (!legacy && !key.StartsWith(AgentPrefix, StringComparison.Ordinal))
            return null;
        var parts = key.Split('.', 3);
        if (parts.Length < 3 || parts[1].Length == 0)
            return null;
        return Find(legacy ? LegacyAgentPrefix + parts[2] : parts[2]) is { PerAgent: true } item ? (parts[1], item) : null;
    }

    // Made when it is first asked for: then all lines of the table have run.
    static class Table
    {
        public static readonly FrozenDictionary<string, ConfigItem> ByKey = All.ToFrozenDictionary(item => item.Key, StringComparer.Ordinal);
    }

    static ConfigItem<bool> Bool(string key, bool value, bool? controller = null) =>
        Declare(new ConfigItem<bool>(ConfigItemType.Bool, key, value ? "true" : "false", typed => typed.BoolValue) { ControllerDefault = controller });

    static ConfigItem<TriState> Choice(string key, TriState value) =>
        Declare(new ConfigItem<TriState>(ConfigItemType.TriState, key, value == TriState.None ? "none" : "disabled", typed => typed.TriStateValue));

    static ConfigItem<uint> Number(string key, uint value, uint min = 0, uint max = uint.MaxValue) =>
        Declare(new ConfigItem<uint>(ConfigItemType.Int, key, Decimal(value), typed => typed.IntValue) { Min = min, Max = max });

    static ConfigItem<uint> PlatformNumber(string key, Func<ConfigPlatform, uint> min) =>
        Declare(new ConfigItem<uint>(ConfigItemType.Int, key, "0", typed => typed.IntValue) { PlatformMin = min });

    static ConfigItem<TimeSpan> Seconds(string key, uint value, uint min = 0, uint max = uint.MaxValue) => Span(key, value, min, max, TimeSpan.TicksPerSecond);
    static ConfigItem<TimeSpan> Minutes(string key, uint value, uint min = 0, uint max = uint.MaxValue) => Span(key, value, min, max, TimeSpan.TicksPerMinute);
    static ConfigItem<TimeSpan> Hours(string key, uint value, uint min = 0, uint max = uint.MaxValue) => Span(key, value, min, max, TimeSpan.TicksPerHour);

    static ConfigItem<TimeSpan> Span(string key, uint value, uint min, uint max, long unit) =>
        Declare(new ConfigItem<TimeSpan>(ConfigItemType.Int, key, Decimal(value), typed => TimeSpan.FromTicks(typed.IntValue * unit)) { Min = min, Max = max });

    static ConfigItem<string> Text(string key, string value, ConfigForm? form = null) =>
        Declare(new ConfigItem<string>(ConfigItemType.String, key, value, typed => typed.StrValue) { Form = form?.Words, Accepts = form?.Accepts ?? (_ => true) });

    static ConfigItem<LogLevel> Level(string key, bool perAgent = false) =>
        Declare(new ConfigItem<LogLevel>(ConfigItemType.String, key, "info", typed => ConfigTexts.LogLevel(typed.StrValue) ?? LogLevel.Information)
        {
            PerAgent = perAgent,
            Form = ConfigTexts.Level.Words,
            Accepts = ConfigTexts.Level.Accepts,
        });

    static ConfigItem<SyslogLevel> Syslog(string key) =>
        Declare(new ConfigItem<SyslogLevel>(ConfigItemType.String, key, "info", typed => ConfigTexts.SyslogLevel(typed.StrValue) ?? SyslogLevel.Informational)
        {
            Form = ConfigTexts.Syslog.Words,
            Accepts = ConfigTexts.Syslog.Accepts,
        });

    static T Declare<T>(T item) where T : ConfigItem
    {
        Declared.Add(item);
        return item;
    }

    static string Decimal(uint value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a text must be: in words, and as a check.</summary>
internal sealed record ConfigForm(string Words, Func<string, bool> Accepts)
{
    public static ConfigForm OneOf(params string[] choices) =>
        new(string.Join(" or ", choices.Select(choice => choice.Length == 0 ? "empty" : choice)), choices.Contains);
}
