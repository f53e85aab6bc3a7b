using Eve.Topics;

namespace Eve.Agents.Domainmgr;

/// <summary>What has become of a guest.</summary>
public enum GuestState
{
    /// <summary>It is there, in whatever condition.</summary>
    Alive,

    /// <summary>It has ended by itself, or was ended.</summary>
    Off,

    /// <summary>Its kernel panicked or its emulator died.</summary>
    Crashed,
}

/// <summary>A guest as the hypervisor knows it.</summary>
/// <param name="App">The app it belongs to.</param>
/// <param name="State">What has become of it.</param>
/// <param name="ProcessId">The emulator's process; 0 when none runs.</param>
/// <param name="Mark">The status that was stored with it at its start: so it is known again after a restart of the device's software.</param>
public sealed record Guest(Guid App, GuestState State, int ProcessId, DomainStatus? Mark = null);

/// <summary>A guest to be started.</summary>
/// <param name="Status">Its name, size, disks and interfaces; stored with the guest as its mark.</param>
/// <param name="Console">The file that its serial console is written to.</param>
/// <param name="Seed">The ISO image with its cloud-init data; null if it has none.</param>
public sealed record GuestDefinition(DomainStatus Status, string Console, string? Seed);

/// <summary>What a guest uses.</summary>
public readonly record struct GuestUsage(ulong CpuTimeNs, ulong UsedKiB, ulong PeakKiB);

/// <summary>What the device's processors and memory are, and how much of them is used.</summary>
public readonly record struct HostUsage(ulong TotalKiB, ulong AvailableKiB, uint Processors, ulong CpuTimeNs);

/// <summary>
/// What runs guests. All calls block and may take seconds: domainmgr makes them in jobs, one at a time for a guest. An <see cref="EveException"/> says what is wrong and what helps.
/// </summary>
public interface IHypervisor
{
    /// <summary>What it can do.</summary>
    Capabilities Capabilities { get; }

    /// <summary>What the machine has.</summary>
    HostUsage Host();

    /// <summary>All guests that were started here and not forgotten, by whatever process.</summary>
    IReadOnlyList<Guest> List();

    /// <summary>One guest; null if there is none.</summary>
    Guest? Find(Guid app);

    /// <summary>Makes sure that guests can be started at all.</summary>
    void Prepare();

    /// <summary>Starts a guest; one that runs already is left as it is.</summary>
    void Start(GuestDefinition definition);

    /// <summary>Asks the guest to go down. Whether it listens is seen later.</summary>
    void PressPowerButton(Guid app);

    /// <summary>Ends it by force.</summary>
    void Destroy(Guid app);

    /// <summary>Forgets a guest that has ended.</summary>
    void Forget(Guid app);

    /// <summary>What a guest uses; null if it does not run.</summary>
    GuestUsage? Usage(Guid app);

    /// <summary>Apps whose guest deserves a look.</summary>
    IAsyncEnumerable<Guid> EventsAsync(CancellationToken cancellationToken);
}
