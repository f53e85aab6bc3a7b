using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Eve.Platform;

/// <summary>Waits for many descriptors at once (epoll), and can be woken by other threads (eventfd).</summary>
internal sealed partial class Epoll : IDisposable
{
    public const uint Readable = 1, Writable = 4;       // EPOLLIN, EPOLLOUT; errors and the other end's close are told anyway

    const int CloseOnExec = 0x80000, NonBlocking = 0x800;
    const int AddOperation = 1, RemoveOperation = 2, ChangeOperation = 3;
    const int Interrupted = 4;
    const long WakeToken = 0;

    // struct epoll_event is packed on x86-64 alone.
    static readonly int s_tokenAt = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    static readonly int s_size = s_tokenAt + 8;

    readonly int _epoll = Check(EpollCreate(CloseOnExec));
    readonly int _wake = Check(EventCreate(0, CloseOnExec | NonBlocking));
    readonly byte[] _events = new byte[64 * 16];

    public Epoll() => Add(_wake, WakeToken, Readable);

    public void Add(int descriptor, long token, uint events) => Control(AddOperation, descriptor, token, events);

    public void Change(int descriptor, long token, uint events) => Control(ChangeOperation, descriptor, token, events);

    public void Remove(int descriptor) => Control(RemoveOperation, descriptor, 0, 0);

    /// <summary>Ends the present wait, or the next.</summary>
    public void Wake()
    {
        var one = 1L;
        _ = Write(_wake, ref one, sizeof(long));
    }

    /// <summary>Returns when something happened, or at once: how many of these.</summary>
    public int Wait(Span<(long Token, uint Events)> into, bool atOnce)
    {
        var count = EpollWait(_epoll, ref _events[0], Math.Min(into.Length, _events.Length / s_size), atOnce ? 0 : -1);
        if (count < 0)
            return Marshal.GetLastPInvokeError() == Interrupted ? 0 : throw new Win32Exception(Marshal.GetLastPInvokeError());
        var told = 0;
        for (var i = 0; i < count; i++)
        {
            var at = _events.AsSpan(i * s_size);
            var token = MemoryMarshal.Read<long>(at[s_tokenAt..]);
            if (token == WakeToken)
            {
                var value = 0L;
                _ = Read(_wake, ref value, sizeof(long));
            }
            else
            {
                into[told++] = (token, MemoryMarshal.Read<uint>(at));
            }
        }
        return told;
    }

    public void Dispose()
    {
        Libc.Close(_epoll);
        Libc.Close(_wake);
    }

    void Control(int operation, int descriptor, long token, uint events)
    {
        Span<byte> bytes = stackalloc byte[16];
        MemoryMarshal.Write(bytes, events);
        MemoryMarshal.Write(bytes[s_tokenAt..], token);
        Check(EpollControl(_epoll, operation, descriptor, ref bytes[0]));
    }

    static int Check(int result) => result < 0 ? throw new Win32Exception(Marshal.GetLastPInvokeError()) : result;

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int EpollControl(int epoll, int operation, int descriptor, ref byte @event);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int EpollWait(int epoll, ref byte events, int count, int timeout);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial int EventCreate(uint value, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, ref long value, nint size);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ref long value, nint size);
}
