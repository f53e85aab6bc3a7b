using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Eve.Platform;

/// <summary>The lifecycle events of one connection. libvirt calls from its loop's thread and must not wait: when nobody reads, the oldest are dropped.</summary>
internal sealed unsafe class LibvirtEvents
{
    const int Lifecycle = 0;

    readonly Channel<LibvirtEvent> _queue = Channel.CreateBounded<LibvirtEvent>(new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.DropOldest });
    int _callback = -1;

    public ChannelReader<LibvirtEvent> Reader => _queue.Reader;

    public void Register(LibvirtConnectionHandle connection)
    {
        var self = GCHandle.Alloc(this);
        _callback = LibvirtNative.virConnectDomainEventRegisterAny(connection, 0, Lifecycle, &Happened, GCHandle.ToIntPtr(self), &Free);
        if (_callback >= 0)
            return;
        self.Free();
        throw LibvirtException.Last("libvirt's events");
    }

    public void Deregister(LibvirtConnectionHandle connection)
    {
        if (_callback >= 0)
            _ = LibvirtNative.virConnectDomainEventDeregisterAny(connection, _callback); // libvirt calls Free when nothing is under way any more
        _queue.Writer.TryComplete();
    }

    [UnmanagedCallersOnly]
    static int Happened(nint connection, nint domain, int kind, int detail, nint opaque)
    {
        if (GCHandle.FromIntPtr(opaque).Target is LibvirtEvents events)
            events._queue.Writer.TryWrite(new LibvirtEvent(LibvirtConnection.Id(domain), (LibvirtEventKind)kind, detail));
        return 0;
    }

    [UnmanagedCallersOnly]
    static void Free(nint opaque) => GCHandle.FromIntPtr(opaque).Free();
}
