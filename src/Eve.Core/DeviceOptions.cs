namespace Eve;

/// <summary>How a device is set up.</summary>
public sealed record DeviceOptions
{
    /// <summary>Every path of the device hangs on this one (default: <c>/</c>, the machine itself).</summary>
    public string Root { get; init; } = "/";

    /// <summary>Keep persistent topics on disk below the root (default: true). Without, everything is in memory.</summary>
    public bool Persist { get; init; } = true;

    /// <summary>
    /// The full names of volatile topics that are written to /run/AGENT/TOPIC below the root as well, from where scripts read them, and a later life of this process
    /// goes on (default: nim/DeviceNetworkStatus, which EVE's scripts read). A process that is part of a device does so with all its topics.
    /// </summary>
    public IReadOnlyList<string> Checkpoints { get; init; } = ["nim/DeviceNetworkStatus"];

    /// <summary>Offer every topic to other processes at a socket, /run/AGENT/TOPIC.sock below the root, as EVE's agents do (default: true).</summary>
    public bool Sockets { get; init; } = true;

    /// <summary>The publisher names of agents that run in processes of their own (default: none). Of names that are neither here nor registered, topics are complete and empty.</summary>
    public IReadOnlyList<string> OutsidePublishers { get; init; } = [];

    /// <summary>This process is one of several of a device: what no agent registered here publishes comes from the others (default: false).</summary>
    public bool PartOfDevice { get; init; }

    /// <summary>The users (numeric) that may read a topic over its socket, by the topic's full name; a topic that is not named: everyone whom the socket's folder lets in (default: none is named).</summary>
    public IReadOnlyDictionary<string, ValueList<uint>> TopicReaders { get; init; } = new Dictionary<string, ValueList<uint>>();

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
