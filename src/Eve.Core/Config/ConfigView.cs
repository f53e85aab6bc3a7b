using Eve.Topics;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>The configuration items as they are, typed. What is absent, or of another type, has its default.</summary>
/// <param name="Values">The published items.</param>
public sealed record ConfigView(ConfigItemValueMap Values)
{
    /// <summary>Nothing said yet: every item has its default.</summary>
    public static readonly ConfigView Defaults = new(new ConfigItemValueMap());

    /// <summary>The value of an item of the device.</summary>
    public T Get<T>(ConfigItem<T> item) => item.Typed(Global(item) ?? item.Default());

    /// <summary>One agent's value of an item that agents may have each; false when it has none of its own.</summary>
    public bool TryGet<T>(ConfigItem<T> item, string agent, out T value)
    {
        var own = Values.AgentSettings.TryGetValue(agent, out var settings) && settings.TryGetValue(item.Key, out var found) && found.ItemType == item.ItemType ? found : null;
        value = item.Typed(own ?? item.Default());
        return own is not null;
    }

    /// <summary>What an agent logs on the device: its own level, else the one of all.</summary>
    public LogLevel LogLevelFor(string agent) => TryGet(ConfigItems.AgentLogLevel, agent, out var level) ? level : Get(ConfigItems.DefaultLogLevel);

    /// <summary>What of an agent's log goes to the controller.</summary>
    public LogLevel RemoteLogLevelFor(string agent) =>
        TryGet(ConfigItems.AgentRemoteLogLevel, agent, out var level) ? level : Get(ConfigItems.DefaultRemoteLogLevel);

    ConfigItemValue? Global(ConfigItem item) => Values.GlobalSettings.TryGetValue(item.Key, out var value) && value.ItemType == item.ItemType ? value : null;
}
