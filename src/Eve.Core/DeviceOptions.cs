namespace Eve;

/// <summary>How a device is set up.</summary>
public sealed record DeviceOptions
{
    /// <summary>Every path of the device hangs on this one (default: <c>/</c>, the machine itself).</summary>
    public string Root { get; init; } = "/";

    /// <summary>Keep persistent topics on disk below the root (default: true). Without, everything is in memory.</summary>
    public bool Persist { get; init; } = true;

    /// <summary>
    /// Let a device whose root is not <c>/</c> manage interfaces, bridges and rules of the machine's own (initial) network namespace (default: false).
    /// In a network namespace of its own, and with the root <c>/</c>, a device always may.
    /// </summary>
    public bool ManageMachineNetwork { get; init; }

    /// <summary>A turn longer than this is logged (default: 40 s; device-agents.md 2.3).</summary>
    public TimeSpan WarningTime { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>An agent whose turn lasts longer than this hangs (default: 3 min; device-agents.md 2.3).</summary>
    public TimeSpan ErrorTime { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How often the watchdog looks, and touches /run/AGENT.touch (default: 15 s).</summary>
    public TimeSpan WatchdogInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>So long all agents together may take to end (default: 10 s).</summary>
    public TimeSpan StopTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What becomes of an agent that fails or hangs.</summary>
    public FailurePolicy Failure { get; init; } = new();
}
