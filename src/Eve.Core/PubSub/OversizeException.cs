namespace Eve;

/// <summary>A value does not go into one packet of EVE's wire, so that agents in other processes cannot get it (device-agents.md 1.6).</summary>
public sealed class OversizeException(string topic, string key, int size, int limit)
    : EveException($"{topic}: the value of '{key}' takes {size} bytes on the wire, and {limit} is the limit: agents in other processes do not get it. Make it smaller.")
{
    /// <summary>The topic's full name.</summary>
    public string Topic => topic;

    /// <summary>The key of the value.</summary>
    public string Key => key;

    /// <summary>What it would take, in bytes.</summary>
    public int Size => size;

    /// <summary>The most that goes, in bytes.</summary>
    public int Limit => limit;
}
