using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Eve.Platform;

/// <summary>A unix socket that keeps packets whole (SOCK_SEQPACKET), by direct system calls: many packets each, and none that waits.</summary>
internal sealed unsafe partial class Seqpacket : SafeHandleMinusOneIsInvalid
{
    public const int NotFound = 2;      // ENOENT

    const int WouldBlock = 11;          // EAGAIN
    const int Unix = 1, Type = 5 | 0x800 | 0x80000;                     // AF_UNIX; SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC
    const int DontWait = 0x40, NoSignal = 0x4000;
    const int LongestAddress = 107;
    const int SendRoom = 1 << 20;

    Seqpacket(int descriptor) : base(ownsHandle: true) => SetHandle(descriptor);

    public int Descriptor => (int)handle;

    /// <summary>Listens at a path; what lies there is replaced in one step, so that whoever sees the name can connect.</summary>
    /// <exception cref="IOException">The folder is not there or not ours.</exception>
    public static Seqpacket Listen(string path)
    {
        var socket = Open();
        var unseen = $"{path}.{Environment.ProcessId}";
        File.Delete(unseen);
        using (var address = new Address(unseen))
        {
            if (BindNative(socket, in address.Bytes[0], address.Length) < 0 || ListenNative(socket, 64) < 0)
                throw Failure(unseen);
        }
        File.SetUnixFileMode(unseen, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Move(unseen, path, overwrite: true);
        return socket;
    }

    /// <summary>Connects, or says why not (errno); never waits.</summary>
    public static Seqpacket? Connect(string path, out int error)
    {
        error = NotFound;
        if (!Directory.Exists(Path.GetDirectoryName(path)))
            return null;
        var socket = Open();
        using var address = new Address(path);
        error = ConnectNative(socket, in address.Bytes[0], address.Length) < 0 ? Marshal.GetLastPInvokeError() : 0;
        if (error == 0)
            return socket;
        socket.Dispose();
        return null;
    }

    /// <summary>The next one who has connected; null if nobody has.</summary>
    public Seqpacket? Accept()
    {
        var descriptor = AcceptNative(this, 0, 0, Type & ~5);
        if (descriptor < 0)
            return null;
        // Room for some hundred packets on their way: with the kernel's usual 60 or so, sender and receiver keep waiting for each other. Only root may have more than net.core.wmem_max.
        var room = SendRoom;
        if (SetOptionNative(descriptor, 1, 32, ref room, sizeof(int)) < 0)      // SOL_SOCKET, SO_SNDBUFFORCE
            _ = SetOptionNative(descriptor, 1, 7, ref room, sizeof(int));       // SO_SNDBUF
        return new(descriptor);
    }

    /// <summary>The user at the other end.</summary>
    public uint PeerUser()
    {
        Span<uint> credentials = stackalloc uint[3];        // struct ucred: pid, uid, gid
        var length = credentials.Length * sizeof(uint);
        return OptionNative(this, 1, 17, ref credentials[0], ref length) < 0 ? throw Failure("SO_PEERCRED") : credentials[1];
    }

    /// <summary>Sends packets, as many as there is room for; returns how many, or -1 when the other end is gone.</summary>
    public int Send(ReadOnlySpan<Packet> packets)
    {
        var count = Math.Min(packets.Length, Batch.Size);
        var vectors = stackalloc Vector[Batch.Size];
        var headers = stackalloc Header[Batch.Size];
        for (var i = 0; i < count; i++)
        {
            vectors[i] = new() { Base = packets[i].Address, Length = packets[i].Length };
            headers[i] = new() { Vectors = vectors + i, VectorCount = 1 };
        }
        var sent = SendNative(this, headers, (uint)count, DontWait | NoSignal);
        if (sent < 0)
            return Marshal.GetLastPInvokeError() == WouldBlock ? 0 : -1;
        return sent;
    }

    /// <summary>Sends one packet; false when there is no room or nobody.</summary>
    public bool Send(ReadOnlySpan<byte> packet)
    {
        fixed (byte* bytes = packet)
            return Send([new Packet((nint)bytes, packet.Length)]) == 1;
    }

    /// <summary>Receives what is there, up to a batch; 0 when nothing is.</summary>
    public int Receive(Batch into)
    {
        var received = ReceiveNative(this, into.Headers, Batch.Size, DontWait, 0);
        if (received >= 0)
            return received;
        var error = Marshal.GetLastPInvokeError();
        if (error == WouldBlock)
            return 0;
        into.Headers[0].Received = 0;       // broken: as if closed
        return 1;
    }

    /// <summary>A packet that waits to be sent: pinned memory.</summary>
    internal readonly record struct Packet(nint Address, int Length);

    /// <summary>Room for packets that are received in one call.</summary>
    internal sealed class Batch : IDisposable
    {
        public const int Size = 32;

        readonly byte* _bytes = (byte*)NativeMemory.Alloc(Size, Frame.Largest + 1);
        readonly Vector* _vectors = (Vector*)NativeMemory.Alloc(Size, (nuint)sizeof(Vector));

        public Batch()
        {
            for (var i = 0; i < Size; i++)
            {
                _vectors[i] = new() { Base = (nint)(_bytes + i * (Frame.Largest + 1)), Length = Frame.Largest + 1 };
                Headers[i] = new() { Vectors = _vectors + i, VectorCount = 1 };
            }
        }

        internal Header* Headers { get; } = (Header*)NativeMemory.Alloc(Size, (nuint)sizeof(Header));

        /// <summary>A packet of the last call; empty: the other end has closed.</summary>
        public ReadOnlySpan<byte> this[int index] => new((byte*)_vectors[index].Base, (int)Headers[index].Received);

        public void Dispose()
        {
            NativeMemory.Free(_bytes);
            NativeMemory.Free(_vectors);
            NativeMemory.Free(Headers);
        }
    }

    protected override bool ReleaseHandle()
    {
        Libc.Close(Descriptor);
        return true;
    }

    static Seqpacket Open()
    {
        var descriptor = SocketNative(Unix, Type, 0);
        return descriptor < 0 ? throw Failure("socket") : new(descriptor);
    }

    static IOException Failure(string what) => new($"{what}: {Marshal.GetLastPInvokeErrorMessage()}");

    // struct sockaddr_un holds 107 bytes of a path: a longer one is reached by way of its folder's descriptor.
    sealed class Address : IDisposable
    {
        readonly SafeFileHandle? _folder;

        public Address(string path)
        {
            if (Encoding.UTF8.GetByteCount(path) > LongestAddress)
            {
                var folder = OpenNative(Path.GetDirectoryName(path)!, 0x200000 | 0x80000);     // O_PATH | O_CLOEXEC
                if (folder < 0)
                    throw Failure(path);
                _folder = new(folder, ownsHandle: true);
                path = $"/proc/self/fd/{folder}/{Path.GetFileName(path)}";
            }
            Bytes[0] = Unix;
            Length = 2 + Encoding.UTF8.GetBytes(path, Bytes.AsSpan(2)) + 1;
        }

        public byte[] Bytes { get; } = new byte[2 + LongestAddress + 1];

        public int Length { get; }

        public void Dispose() => _folder?.Dispose();
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Vector
    {
        public nint Base;
        public nint Length;
    }

    /// <summary>struct mmsghdr of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Header
    {
        public nint Name;
        public nint NameLength;
        public Vector* Vectors;
        public nint VectorCount;
        public nint Control;
        public nint ControlLength;
        public nint Flags;
        public nint Received;
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int SocketNative(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int BindNative(Seqpacket socket, in byte address, int length);

    [LibraryImport("libc", EntryPoint = "listen", SetLastError = true)]
    private static partial int ListenNative(Seqpacket socket, int backlog);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static partial int ConnectNative(Seqpacket socket, in byte address, int length);

    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
    private static partial int AcceptNative(Seqpacket socket, nint address, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int OptionNative(Seqpacket socket, int level, int option, ref uint value, ref int length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOptionNative(int socket, int level, int option, ref int value, int length);

    [LibraryImport("libc", EntryPoint = "sendmmsg", SetLastError = true)]
    private static partial int SendNative(Seqpacket socket, Header* headers, uint count, int flags);

    [LibraryImport("libc", EntryPoint = "recvmmsg", SetLastError = true)]
    private static partial int ReceiveNative(Seqpacket socket, Header* headers, uint count, int flags, nint timeout);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenNative(string path, int flags);
}
