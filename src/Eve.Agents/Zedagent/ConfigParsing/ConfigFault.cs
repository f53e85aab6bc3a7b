using Eve.Topics;

namespace Eve.Agents.Zedagent.ConfigParsing;

/// <summary>What is wrong with one object of the configuration: the thing, the value and the remedy.</summary>
/// <param name="Section">The section's name in EdgeDevConfig.</param>
/// <param name="Key">The object's topic key; empty for what has none and so was left out.</param>
/// <param name="Name">The name people know it by, in one line.</param>
internal sealed record ConfigFault(string Section, string Key, string Name, string Text);

/// <summary>What the whole pass needs beside the configuration.</summary>
/// <param name="Now">The time of the pass, for error times.</param>
/// <param name="DeviceId">This device.</param>
/// <param name="Origin">Where the configuration comes from.</param>
internal sealed record ParseInputs(DateTimeOffset Now, Guid DeviceId = default, NetworkConfigOrigin Origin = NetworkConfigOrigin.Controller);

/// <summary>Collects what a pass finds wrong, per object: the pass itself always goes on.</summary>
internal sealed class Faults
{
    readonly List<ConfigFault> _all = [];

    public ValueList<ConfigFault> All => [.. _all];

    public void Add(string section, string key, string name, string text) => _all.Add(new(section, key, name, text));

    public void Add(string section, string key, string name, IEnumerable<string> texts)
    {
        foreach (var text in texts)
            Add(section, key, name, text);
    }

    /// <summary>One object for each key, the last one listed: two under one key would overwrite each other at each pass.</summary>
    public ValueList<T> Unique<T>(string section, IEnumerable<T> objects, Func<T, string> nameOf) where T : class, ITopic<T>
    {
        var byKey = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var one in objects)
        {
            if (byKey.ContainsKey(one.Key))
                Add(section, one.Key, Fields.Shown(nameOf(one)), $"{section}: {one.Key} is listed more than once; only the last one counts: give each object an id of its own");
            byKey[one.Key] = one;
        }
        return [.. byKey.Values];
    }
}
