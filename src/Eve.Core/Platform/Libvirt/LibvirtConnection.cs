using System.Globalization;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Eve.Platform;

/// <summary>
/// A hypervisor behind libvirt. Every call blocks, some for seconds (start, destroy): agents run them in jobs. Calls may come from several threads.
/// Guests outlive the connection and the process; who opens the same folder again finds them. One process at a time can have a folder open.
/// </summary>
internal sealed unsafe class LibvirtConnection : IDisposable
{
    const int AcpiButton = 1;
    const int MetadataElement = 2;
    const uint NoDomainFlags = 0;
    const uint UndefineWithNvram = 4;

    readonly LibvirtConnectionHandle _connection;
    readonly LibvirtEvents _events = new();
    readonly string? _folder;

    LibvirtConnection(LibvirtConnectionHandle connection, string? folder)
    {
        _connection = connection;
        _folder = folder;
        _events.Register(connection);
    }

    /// <summary>Runs libvirt's QEMU driver inside this process, with all its files in a folder of its own.</summary>
    public static LibvirtConnection OpenEmbedded(LibvirtFolder folder)
    {
        LibvirtEventLoop.EnsureStarted();
        folder.Prepare();
        return Open(folder.Uri, folder.Root);
    }

    /// <summary>Talks to a libvirt daemon, for devices whose owner asks for it.</summary>
    public static LibvirtConnection Open(string uri)
    {
        LibvirtEventLoop.EnsureStarted();
        return Open(uri, null);
    }

    static LibvirtConnection Open(string uri, string? folder)
    {
        var connection = LibvirtNative.virConnectOpen(uri);
        if (connection.IsInvalid)
            throw Explain(LibvirtException.Last($"libvirt {uri}"));
        return new LibvirtConnection(connection, folder);
    }

    static EveException Explain(LibvirtException exception) => exception.Message switch
    {
        var text when text.Contains("no connection driver", StringComparison.Ordinal) || text.Contains("failed to load module", StringComparison.OrdinalIgnoreCase)
            => new EveException($"{text}: install package libvirt-daemon-driver-qemu", exception),
        var text when text.Contains("Failed to parse user", StringComparison.Ordinal)
            => new EveException($"{text}: libvirt wants the system user and group libvirt-qemu (useradd -r -U -M -s /usr/sbin/nologin libvirt-qemu)", exception),
        var text when text.Contains("Cannot open embedded driver", StringComparison.Ordinal)
            => new EveException($"{text}: a process can have one embedded libvirt: run each device in a process of its own", exception),
        _ => exception,
    };

    /// <summary>What happens to the domains, all of them.</summary>
    public ChannelReader<LibvirtEvent> Events => _events.Reader;

    public void Dispose()
    {
        if (!_connection.IsClosed)
            _events.Deregister(_connection);
        _connection.Dispose();
    }

    /// <summary>All domains, running or not.</summary>
    public IReadOnlyList<LibvirtDomain> Domains()
    {
        var count = LibvirtNative.virConnectListAllDomains(_connection, out var domains, NoDomainFlags);
        if (count < 0)
            throw LibvirtException.Last("list of domains");
        var ids = new Guid[count];
        for (var i = 0; i < count; i++)
        {
            ids[i] = Id(domains[i]);
            _ = LibvirtNative.virDomainFree(domains[i]);
        }
        NativeMemory.Free(domains);
        return [.. ids.Select(Find).OfType<LibvirtDomain>()];
    }

    /// <summary>A domain, or null when there is none with this id.</summary>
    public LibvirtDomain? Find(Guid id)
    {
        try
        {
            return With(id, "state", domain =>
            {
                Check(LibvirtNative.virDomainGetState(domain, out var state, out var reason, 0), id, "state");
                var name = Marshal.PtrToStringUTF8(LibvirtNative.virDomainGetName(domain)) ?? "";
                return new LibvirtDomain(id, name, (LibvirtState)state, reason, ProcessId(name));
            });
        }
        catch (LibvirtException gone) when (gone.IsNoDomain)
        {
            return null;
        }
    }

    /// <summary>Makes a domain known, or changes a known one (from its next start on).</summary>
    public Guid Define(string xml)
    {
        using var domain = LibvirtNative.virDomainDefineXMLFlags(_connection, xml, 0);
        if (domain.IsInvalid)
            throw LibvirtException.Last("define domain");
        return Id(domain.DangerousGetHandle());
    }

    /// <summary>Starts a defined domain.</summary>
    public void Start(Guid id) => Do(id, "start", domain => LibvirtNative.virDomainCreateWithFlags(domain, 0));

    /// <summary>Forgets a domain's definition; one that runs goes on until it ends.</summary>
    public void Undefine(Guid id) => Do(id, "undefine", domain => LibvirtNative.virDomainUndefineFlags(domain, UndefineWithNvram));

    /// <summary>Presses the power button. Whether the guest listens is seen later.</summary>
    public void Shutdown(Guid id) => Do(id, "shutdown", domain => LibvirtNative.virDomainShutdownFlags(domain, AcpiButton));

    /// <summary>Ends the emulator: politely, then by SIGKILL.</summary>
    public void Destroy(Guid id) => Do(id, "destroy", domain => LibvirtNative.virDomainDestroyFlags(domain, 0));

    public LibvirtUsage Usage(Guid id) => With(id, "usage", domain =>
    {
        Check(LibvirtNative.virDomainGetInfo(domain, out var info), id, "usage");
        var process = ProcessId(Marshal.PtrToStringUTF8(LibvirtNative.virDomainGetName(domain)) ?? "");
        var (resident, peak) = ProcessMemory.Of(process);
        return new LibvirtUsage(info.CpuTimeNs, info.VCpus, info.MaxMemoryKiB, resident == 0 ? Resident(domain) : resident, peak);
    });

    /// <param name="disk">The disk's name in the domain (vda) or its file.</param>
    public LibvirtBlockStats BlockStats(Guid id, string disk) => With(id, $"statistics of disk {disk}", domain =>
    {
        Check(LibvirtNative.virDomainBlockStats(domain, disk, out var stats, (nuint)sizeof(LibvirtNative.NativeBlockStats)), id, $"statistics of disk {disk}");
        return new LibvirtBlockStats(stats.ReadRequests, stats.ReadBytes, stats.WriteRequests, stats.WriteBytes);
    });

    /// <param name="device">The interface's name on the device (its tap).</param>
    public LibvirtInterfaceStats InterfaceStats(Guid id, string device) => With(id, $"statistics of interface {device}", domain =>
    {
        var size = (nuint)sizeof(LibvirtNative.NativeInterfaceStats);
        Check(LibvirtNative.virDomainInterfaceStats(domain, device, out var s, size), id, $"statistics of interface {device}");
        return new LibvirtInterfaceStats(s.RxBytes, s.RxPackets, s.RxErrors, s.RxDrops, s.TxBytes, s.TxPackets, s.TxErrors, s.TxDrops);
    });

    /// <summary>Our own element in the domain's metadata; null when there is none.</summary>
    public string? Metadata(Guid id, string xmlNamespace) => With(id, "metadata", domain =>
        Take(LibvirtNative.virDomainGetMetadata(domain, MetadataElement, xmlNamespace, 0)));

    /// <summary>Replaces our own element, in the running domain and in its definition.</summary>
    public void SetMetadata(Guid id, string element, string prefix, string xmlNamespace)
    {
        const uint live = 1, config = 2;
        var running = Find(id)?.IsAlive == true;
        Do(id, "metadata", domain => LibvirtNative.virDomainSetMetadata(domain, MetadataElement, element, prefix, xmlNamespace, running ? live | config : config));
    }

    public string Xml(Guid id) => With(id, "definition", domain =>
        Take(LibvirtNative.virDomainGetXMLDesc(domain, 0)) ?? throw LibvirtException.Last($"domain {id}: definition"));

    internal static Guid Id(nint domain)
    {
        const int length = 37;
        var text = stackalloc byte[length];
        return LibvirtNative.virDomainGetUUIDString(domain, text) < 0 ? Guid.Empty : Guid.Parse(Marshal.PtrToStringUTF8((nint)text)!, CultureInfo.InvariantCulture);
    }

    // The emulator's pid file; a domain of a daemon is known by its state alone.
    int ProcessId(string name)
    {
        try
        {
            var text = _folder is null ? "" : File.ReadAllText(Path.Combine(_folder, "run", "qemu", name + ".pid"));
            return int.TryParse(text, CultureInfo.InvariantCulture, out var id) && Libc.Kill(id, 0) ? id : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    static ulong Resident(LibvirtDomainHandle domain)
    {
        const int residentTag = 7, tags = 16;
        var stats = stackalloc LibvirtNative.NativeMemoryStat[tags];
        var count = LibvirtNative.virDomainMemoryStats(domain, stats, tags, 0);
        for (var i = 0; i < count; i++)
        {
            if (stats[i].Tag == residentTag)
                return stats[i].Value;
        }
        return 0;
    }

    static string? Take(nint text)
    {
        if (text == 0)
            return null;
        var result = Marshal.PtrToStringUTF8(text);
        NativeMemory.Free((void*)text);
        return result;
    }

    T With<T>(Guid id, string doing, Func<LibvirtDomainHandle, T> call)
    {
        using var domain = LibvirtNative.virDomainLookupByUUIDString(_connection, id.ToString());
        return domain.IsInvalid ? throw LibvirtException.Last($"domain {id}: {doing}") : call(domain);
    }

    void Do(Guid id, string doing, Func<LibvirtDomainHandle, int> call) => With(id, doing, domain =>
    {
        var result = call(domain);
        Check(result, id, doing);
        return result;
    });

    static void Check(int result, Guid id, string doing)
    {
        if (result < 0)
            throw LibvirtException.Last($"domain {id}: {doing}");
    }
}
