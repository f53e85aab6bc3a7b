using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>What each source logs; may be moved at any time.</summary>
public sealed class LogLevels
{
    readonly ConcurrentDictionary<string, LogLevel> _own = new(StringComparer.Ordinal);
    int _default = (int)LogLevel.Information;

    /// <summary>The level of sources that have none of their own.</summary>
    public LogLevel Default { get => (LogLevel)Volatile.Read(ref _default); set => Volatile.Write(ref _default, (int)value); }

    /// <summary>The level of a source.</summary>
    public LogLevel this[string source] { get => _own.TryGetValue(source, out var level) ? level : Default; set => _own[source] = value; }

    /// <summary>Takes all levels from the configuration items.</summary>
    public void Use(ConfigView config)
    {
        Default = config.Get(ConfigItems.DefaultLogLevel);
        foreach (var agent in config.Values.AgentSettings.Keys)
            _own[agent] = config.LogLevelFor(agent);
        foreach (var agent in _own.Keys.Where(agent => !config.TryGet(ConfigItems.AgentLogLevel, agent, out _)))
            _own.TryRemove(agent, out _);
    }
}
