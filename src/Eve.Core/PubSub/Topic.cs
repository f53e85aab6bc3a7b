namespace Eve;

/// <summary>What is published where: by whom, whether it outlives a reboot, and whether its publisher says when its set is complete.</summary>
/// <param name="Publisher">The publishing agent's EVE name; empty for a global table that every agent may write.</param>
/// <param name="Persistent">Kept under /persist/status, so that it is there after a reboot (device-agents.md 1.3).</param>
/// <param name="Barrier">EVE's own agents put the signal "my set is complete" of this topic on the wire (the restart counter).</param>
/// <param name="Scope">EVE's agent scope, an extra segment of the table's name; mostly empty.</param>
public sealed record Topic<T>(string Publisher, bool Persistent = false, bool Barrier = false, string Scope = "") where T : class, ITopic<T>
{
    /// <summary>EVE's name of the table: the record's type name.</summary>
    public string Name { get; } = typeof(T).Name;

    /// <summary>The full name as EVE writes it: <c>agent/topic</c> or <c>agent/scope/topic</c>.</summary>
    public override string ToString() => $"{Publisher}/{(Scope.Length > 0 ? Scope + "/" : "")}{Name}";
}
