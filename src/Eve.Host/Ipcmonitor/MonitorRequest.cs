using System.Text.RegularExpressions;

namespace Eve.Host.Ipcmonitor;

/// <summary>What ipcmonitor does.</summary>
internal enum MonitorMode
{
    /// <summary>Shows which tables there are.</summary>
    List,

    /// <summary>Shows all values once.</summary>
    Once,

    /// <summary>Shows all values, then what changes, until it is ended.</summary>
    Follow,

    /// <summary>Shows nothing until a condition is true, then the value that it is true of.</summary>
    Wait,
}

/// <summary>How it is shown.</summary>
internal enum MonitorForm
{
    /// <summary>New values whole, of changed ones the fields that differ.</summary>
    Diff,

    /// <summary>Each value whole, on one line.</summary>
    Go,

    /// <summary>Each value whole, one field a line.</summary>
    Json,

    /// <summary>One JSON object a line for all that happens, for programs.</summary>
    Lines,
}

/// <summary>What ipcmonitor was asked for.</summary>
internal sealed record MonitorRequest(MonitorMode Mode)
{
    public string? Agent { get; init; }
    public string? Scope { get; init; }
    public string? Topic { get; init; }
    public string? Key { get; init; }

    /// <summary>Found in the full names of the tables that are shown.</summary>
    public Regex? Match { get; init; }

    /// <summary>Found in the keys that are shown.</summary>
    public Regex? Keys { get; init; }

    public MonitorForm Form { get; init; }
    public bool Color { get; init; }
    public Condition? Until { get; init; }

    /// <summary>So long a publisher may take to name its values, or a condition to come true; null: 10 s, and for ever.</summary>
    public TimeSpan? Timeout { get; init; }

    public bool Wants(Table table) =>
        (Agent ?? table.Agent) == table.Agent && (Scope ?? table.Scope) == table.Scope && (Topic ?? table.Topic) == table.Topic && Match?.IsMatch(table.ToString()) != false;

    public bool WantsKey(string key) => (Key ?? key) == key && Keys?.IsMatch(key) != false;

    /// <summary>What was asked for, in words.</summary>
    public override string ToString() =>
        string.Join(' ', new[] { ("-a", Agent), ("-s", Scope), ("-t", Topic), ("--match", Match?.ToString()) }.Where(o => o.Item2 is not null).Select(o => $"{o.Item1} {o.Item2}"));
}
