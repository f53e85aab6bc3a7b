namespace Eve.Agents.Zedrouter;

/// <summary>What zedrouter does to the machine: bridges, taps, routes, packet filter, dnsmasq.</summary>
public interface INetworkStack : IApplier
{
    /// <summary>Why this device may not touch interfaces where it runs; null if it may.</summary>
    string? Refusal { get; }

    /// <summary>Sets what all network instances need of the kernel.</summary>
    /// <exception cref="EveException">The kernel refused.</exception>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>What is there of ours.</summary>
    /// <param name="filter">Read the packet filter too; without, only links, addresses, routes, rules and servers.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<IReadOnlyList<Item>> ReadAsync(bool filter, CancellationToken cancellationToken);

    /// <summary>Rings when links, addresses, routes or rules change, an address was leased, or a server has ended: then read again.</summary>
    IAsyncEnumerable<string> WatchAsync(CancellationToken cancellationToken);

    /// <summary>Which addresses the servers of all network instances have leased.</summary>
    IReadOnlyList<Lease> Leases();

    /// <summary>What links and the packet filter have counted.</summary>
    Task<NetworkCounts> CountAsync(CancellationToken cancellationToken);

    /// <summary>Ends the servers. Everything else stays: guests outlive the agent.</summary>
    Task StopAsync();
}

/// <summary>An address that an app has asked for and got.</summary>
public sealed record Lease(string Bridge, string Mac, string Address);

/// <summary>Counters by name of the link, and of the packet filter by name.</summary>
public sealed record NetworkCounts(IReadOnlyList<LinkCount> Links, IReadOnlyDictionary<string, ulong> Drops);

/// <summary>What one link has carried, as the host sees it.</summary>
public sealed record LinkCount(
    string Name, int Index, ulong RxBytes, ulong RxPackets, ulong RxErrors, ulong RxDropped, ulong TxBytes, ulong TxPackets, ulong TxErrors, ulong TxDropped);
