using System.Runtime.InteropServices;

namespace Eve.Platform;

/// <summary>The calls of libvirt that Eve uses. All of them block; an error is kept by libvirt per thread, so it is read right after the call.</summary>
internal static unsafe partial class LibvirtNative
{
    public const string Library = "libvirt.so.0";

    [LibraryImport(Library)]
    public static partial void virSetErrorFunc(nint userData, delegate* unmanaged<nint, nint, void> handler);

    [LibraryImport(Library)]
    public static partial int virGetLastErrorCode();

    [LibraryImport(Library)]
    public static partial nint virGetLastErrorMessage();

    [LibraryImport(Library)]
    public static partial int virEventRegisterDefaultImpl();

    [LibraryImport(Library)]
    public static partial int virEventRunDefaultImpl();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LibvirtConnectionHandle virConnectOpen(string uri);

    [LibraryImport(Library)]
    public static partial int virConnectClose(nint connection);

    [LibraryImport(Library)]
    public static partial int virConnectListAllDomains(LibvirtConnectionHandle connection, out nint* domains, uint flags);

    [LibraryImport(Library)]
    public static partial int virConnectDomainEventRegisterAny(
        LibvirtConnectionHandle connection,
        nint domain,
        int eventId,
        delegate* unmanaged<nint, nint, int, int, nint, int> callback,
        nint opaque,
        delegate* unmanaged<nint, void> free);

    [LibraryImport(Library)]
    public static partial int virConnectDomainEventDeregisterAny(LibvirtConnectionHandle connection, int callbackId);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LibvirtDomainHandle virDomainLookupByUUIDString(LibvirtConnectionHandle connection, string uuid);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial LibvirtDomainHandle virDomainDefineXMLFlags(LibvirtConnectionHandle connection, string xml, uint flags);

    [LibraryImport(Library)]
    public static partial int virDomainFree(nint domain);

    [LibraryImport(Library)]
    public static partial int virDomainGetUUIDString(nint domain, byte* uuid);

    [LibraryImport(Library)]
    public static partial nint virDomainGetName(LibvirtDomainHandle domain);

    [LibraryImport(Library)]
    public static partial int virDomainCreateWithFlags(LibvirtDomainHandle domain, uint flags);

    [LibraryImport(Library)]
    public static partial int virDomainUndefineFlags(LibvirtDomainHandle domain, uint flags);

    [LibraryImport(Library)]
    public static partial int virDomainGetState(LibvirtDomainHandle domain, out int state, out int reason, uint flags);

    [LibraryImport(Library)]
    public static partial int virDomainGetInfo(LibvirtDomainHandle domain, out NativeInfo info);

    [LibraryImport(Library)]
    public static partial int virDomainShutdownFlags(LibvirtDomainHandle domain, uint flags);

    [LibraryImport(Library)]
    public static partial int virDomainDestroyFlags(LibvirtDomainHandle domain, uint flags);

    [LibraryImport(Library)]
    public static partial int virDomainMemoryStats(LibvirtDomainHandle domain, NativeMemoryStat* stats, uint count, uint flags);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int virDomainBlockStats(LibvirtDomainHandle domain, string disk, out NativeBlockStats stats, nuint size);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int virDomainInterfaceStats(LibvirtDomainHandle domain, string device, out NativeInterfaceStats stats, nuint size);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int virDomainSetMetadata(LibvirtDomainHandle domain, int type, string? metadata, string? key, string? uri, uint flags);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint virDomainGetMetadata(LibvirtDomainHandle domain, int type, string? uri, uint flags);

    [LibraryImport(Library)]
    public static partial nint virDomainGetXMLDesc(LibvirtDomainHandle domain, uint flags);

    [StructLayout(LayoutKind.Sequential)]
    public struct NativeInfo
    {
        public byte State;
        public nuint MaxMemoryKiB;
        public nuint MemoryKiB;
        public ushort VCpus;
        public ulong CpuTimeNs;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct NativeMemoryStat
    {
        public int Tag;
        public ulong Value;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct NativeBlockStats
    {
        public long ReadRequests, ReadBytes, WriteRequests, WriteBytes, Errors;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct NativeInterfaceStats
    {
        public long RxBytes, RxPackets, RxErrors, RxDrops, TxBytes, TxPackets, TxErrors, TxDrops;
    }
}

internal sealed class LibvirtConnectionHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;
    protected override bool ReleaseHandle() => LibvirtNative.virConnectClose(handle) >= 0;
}

internal sealed class LibvirtDomainHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;
    protected override bool ReleaseHandle() => LibvirtNative.virDomainFree(handle) == 0;
}
