using Eve.Topics;

namespace Eve.Agents.Zedmanager;

/// <summary>One application between two turns: what is said of it, and what is asked for it.</summary>
/// <param name="Status">What the others see.</param>
internal sealed record App(AppInstanceStatus Status)
{
    /// <summary>The configuration that is in force; null until the first turn of this life.</summary>
    public AppInstanceConfig? Accepted { get; init; }

    /// <summary>It was known what runs when that configuration was accepted.</summary>
    public bool Settled { get; init; }

    public ValueList<VolumeRefConfig> Volumes { get; init; }
    public AppNetworkConfig? Network { get; init; }
    public DomainConfig? Domain { get; init; }

    /// <summary>The purge counter that the volumes stand for.</summary>
    public UuidToNum? Purge { get; init; }

    /// <summary>When to look again without any news.</summary>
    public DateTimeOffset? WakeAt { get; init; }
}

/// <summary>What the other agents say of one application.</summary>
/// <param name="Volume">The status of a volume reference, by its key.</param>
/// <param name="MemoryLeft">Bytes that the other applications leave; null: not known yet.</param>
/// <param name="PurgeCounter">The purge counter on disk; null: none yet.</param>
internal sealed record Facts(
    Func<string, VolumeRefStatus?> Volume, AppNetworkStatus? Network, DomainStatus? Domain, MemoryLeft? MemoryLeft, int? PurgeCounter, DateTimeOffset Now)
{
    /// <summary>Domainmgr has listed all guests: a missing status means that there is none.</summary>
    public bool DomainsKnown { get; init; }

    /// <summary>Zedrouter has read the kernel: a missing status means that there is none.</summary>
    public bool NetworksKnown { get; init; }
}
