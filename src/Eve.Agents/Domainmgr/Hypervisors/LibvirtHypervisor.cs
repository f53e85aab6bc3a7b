using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Eve.Platform;
using Eve.Topics;

namespace Eve.Agents.Domainmgr;

/// <summary>QEMU, with KVM where the processor has it, by libvirt. libvirt is loaded when the first guest is wanted, or when there are some from before.</summary>
public sealed class LibvirtHypervisor(EvePaths paths, DomainmgrOptions options) : IHypervisor, IDisposable
{
    readonly Lock _gate = new();
    readonly TaskCompletionSource<LibvirtConnection> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    LibvirtConnection? _connection;

    /// <inheritdoc />
    public Capabilities Capabilities { get; } = new(
        HWAssistedVirtualization: HasKvm,
        IOVirtualization: Directory.Exists("/sys/class/iommu") && Directory.EnumerateFileSystemEntries("/sys/class/iommu").Any(),
        CPUPinning: false,
        UseVHost: File.Exists("/dev/vhost-net"));

    // A processor without these flags may have the device all the same (nested paravirtual KVM): guests do not get through their firmware there.
    static bool HasKvm => File.Exists("/dev/kvm")
        && (RuntimeInformation.OSArchitecture != Architecture.X64 || File.ReadLines("/proc/cpuinfo").Any(MachineFigures.TellsOfVirtualization));

    static GuestHost Machine => new(RuntimeInformation.OSArchitecture == Architecture.Arm64 ? GuestArchitecture.Arm64 : GuestArchitecture.X64, HasKvm);

    /// <inheritdoc />
    public HostUsage Host() => MachineFigures.Of(File.ReadAllLines("/proc/meminfo"), File.ReadAllLines("/proc/stat"));

    /// <inheritdoc />
    public IReadOnlyList<Guest> List()
    {
        if (_connection is null && options.LibvirtUri is null && !LibvirtFolder.For(paths).HasDomains)
            return [];
        var libvirt = Open();
        return [.. libvirt.Domains().Select(d => Known(libvirt, d)).OfType<Guest>()];
    }

    /// <inheritdoc />
    public Guest? Find(Guid app)
    {
        if (_connection is null && options.LibvirtUri is null && !LibvirtFolder.For(paths).HasDomains)
            return null;
        var libvirt = Open();
        return libvirt.Find(app) is { } domain ? Known(libvirt, domain) : null;
    }

    // A domain without our mark is none of ours (in a libvirt that we share).
    static Guest? Known(LibvirtConnection libvirt, LibvirtDomain domain)
    {
        try
        {
            if (libvirt.Metadata(domain.Id, GuestMark.Namespace) is not { } metadata)
                return null;
            var state = domain.IsAlive ? GuestState.Alive : domain.HasCrashed ? GuestState.Crashed : GuestState.Off;
            return new Guest(domain.Id, state, domain.ProcessId, GuestMark.Read(metadata));
        }
        catch (LibvirtException gone) when (gone.IsNoDomain)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public void Prepare()
    {
        var emulator = Machine.Emulator;
        if (options.LibvirtUri is null && Programs.Find(emulator) is null)
            throw new EveException(Programs.Missing(emulator));
        Open();
    }

    /// <inheritdoc />
    public void Start(GuestDefinition definition)
    {
        var libvirt = Open();
        var app = definition.Status.UUIDandVersion.UUID;
        if (libvirt.Find(app) is { } known)
        {
            if (known.IsAlive)
                return;
            libvirt.Undefine(app);      // under the name of an earlier version, perhaps
        }
        libvirt.Define(LibvirtXml.Of(definition, Machine));
        libvirt.Start(app);
    }

    /// <inheritdoc />
    public void PressPowerButton(Guid app) => Unless(() => Open().Shutdown(app), e => e.IsNoDomain || e.IsWrongState);

    /// <inheritdoc />
    public void Destroy(Guid app) => Unless(() => Open().Destroy(app), e => e.IsNoDomain || e.IsWrongState);

    /// <inheritdoc />
    public void Forget(Guid app) => Unless(() => Open().Undefine(app), e => e.IsNoDomain);

    /// <inheritdoc />
    public GuestUsage? Usage(Guid app)
    {
        try
        {
            if (_connection?.Usage(app) is not { } usage)
                return null;
            return new GuestUsage(usage.CpuTimeNs, usage.ResidentKiB, usage.PeakKiB);
        }
        catch (LibvirtException gone) when (gone.IsNoDomain || gone.IsWrongState)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<Guid> EventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var libvirt = await _opened.Task.WaitAsync(cancellationToken);
        await foreach (var happened in libvirt.Events.ReadAllAsync(cancellationToken))
            yield return happened.Domain;
    }

    /// <summary>Guests go on without us.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _connection?.Dispose();
            _connection = null;
        }
    }

    LibvirtConnection Open()
    {
        lock (_gate)
        {
            if (_connection is null)
            {
                _connection = options.LibvirtUri is { } uri ? LibvirtConnection.Open(uri) : LibvirtConnection.OpenEmbedded(LibvirtFolder.For(paths));
                _opened.TrySetResult(_connection);
            }
            return _connection;
        }
    }

    static void Unless(Action action, Func<LibvirtException, bool> harmless)
    {
        try
        {
            action();
        }
        catch (LibvirtException exception) when (harmless(exception))
        {
        }
    }
}
