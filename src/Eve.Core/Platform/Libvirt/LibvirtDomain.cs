namespace Eve.Platform;

/// <summary>The states of a domain, with libvirt's numbers.</summary>
internal enum LibvirtState
{
    NoState = 0,
    Running = 1,
    Blocked = 2,
    Paused = 3,
    ShuttingDown = 4,
    ShutOff = 5,
    Crashed = 6,
    Suspended = 7,
}

/// <summary>Why a domain is shut off, with libvirt's numbers.</summary>
internal enum LibvirtShutOffReason
{
    Unknown = 0,
    Shutdown = 1,
    Destroyed = 2,
    Crashed = 3,
    Migrated = 4,
    Saved = 5,
    Failed = 6,
    FromSnapshot = 7,
    Daemon = 8,
}

/// <summary>What happened to a domain, with libvirt's numbers.</summary>
internal enum LibvirtEventKind
{
    Defined = 0,
    Undefined = 1,
    Started = 2,
    Suspended = 3,
    Resumed = 4,
    Stopped = 5,
    Shutdown = 6,
    PmSuspended = 7,
    Crashed = 8,
}

/// <summary>A lifecycle event. It says that the domain is worth a look: state is read, not derived from events.</summary>
internal readonly record struct LibvirtEvent(Guid Domain, LibvirtEventKind Kind, int Detail);

/// <summary>A domain as libvirt sees it.</summary>
/// <param name="Reason">What it means depends on the state (for ShutOff: <see cref="LibvirtShutOffReason"/>).</param>
/// <param name="ProcessId">The emulator's process; 0 when none runs.</param>
internal sealed record LibvirtDomain(Guid Id, string Name, LibvirtState State, int Reason, int ProcessId)
{
    /// <summary>Whether there is a guest, in whatever state.</summary>
    public bool IsAlive => ProcessId != 0 || State is LibvirtState.Running or LibvirtState.Blocked or LibvirtState.Paused or LibvirtState.ShuttingDown or LibvirtState.Suspended;

    /// <summary>Whether it ended by its own fault: the emulator died, the guest panicked, or it did not start.</summary>
    public bool HasCrashed => State == LibvirtState.Crashed
        || (State == LibvirtState.ShutOff && (LibvirtShutOffReason)Reason is LibvirtShutOffReason.Crashed or LibvirtShutOffReason.Failed);
}

/// <summary>What a running domain uses.</summary>
/// <param name="ResidentKiB">Memory of the emulator's process as the machine sees it.</param>
/// <param name="PeakKiB">The most that it ever was.</param>
internal readonly record struct LibvirtUsage(ulong CpuTimeNs, int VCpus, ulong MaxMemoryKiB, ulong ResidentKiB, ulong PeakKiB);

internal readonly record struct LibvirtBlockStats(long ReadRequests, long ReadBytes, long WriteRequests, long WriteBytes);

/// <summary>Counters of an interface, from the guest's side.</summary>
internal readonly record struct LibvirtInterfaceStats(long RxBytes, long RxPackets, long RxErrors, long RxDrops, long TxBytes, long TxPackets, long TxErrors, long TxDrops);
