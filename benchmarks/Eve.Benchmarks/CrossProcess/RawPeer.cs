using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Eve.Platform;

namespace Eve.Benchmarks.CrossProcess;

/// <summary>Seqpacket sockets and nothing else: system calls that wait, one or 32 packets each. What a bus cannot beat.</summary>
static unsafe partial class RawPeer
{
    public const int Size = 1400;       // a record of 1 KB on EVE's wire

    const int WaitForOne = 0x10000;

    public static Socket Listen(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        return socket;
    }

    /// <summary>Receives: each packet starts with the moment at which it was sent, or with 0. Orders and answers are those of a <see cref="Listener"/>.</summary>
    public static void Receive(string path, int batch)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        Console.WriteLine("connected");
        for (; Console.ReadLine() is { } order;)
        {
            var target = int.Parse(order.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);
            Console.WriteLine("ready");
            if (order.StartsWith("latency", StringComparison.Ordinal))
                Console.WriteLine("done " + Hops(socket, target));
            else
                Console.WriteLine($"done {Take(socket, target, batch)}");
        }
    }

    static string Hops(Socket socket, int count)
    {
        var bytes = new byte[2048];
        var hops = new double[count];
        for (var i = 0; i < count; i++)
        {
            socket.Receive(bytes);
            hops[i] = Stopwatch.GetElapsedTime(BitConverter.ToInt64(bytes)).TotalMicroseconds;
        }
        Array.Sort(hops);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{hops[count / 2]:F1} {hops[(int)(count * 0.99)]:F1}");
    }

    static long Take(Socket socket, int count, int batch)
    {
        using var room = new Seqpacket.Batch();
        var descriptor = (int)socket.Handle;
        while (count > 0)
            count -= ReceiveMany(descriptor, room.Headers, (uint)Math.Min(batch, count), WaitForOne, 0);
        return Stopwatch.GetTimestamp();
    }

    /// <summary>Sends to all, in turn, so many packets by each system call.</summary>
    public static void Send(IReadOnlyList<Socket> sockets, int count, int batch)
    {
        using var room = new Seqpacket.Batch();
        for (var i = 0; i < Seqpacket.Batch.Size; i++)
            room.Headers[i].Vectors->Length = Size;
        for (var sent = 0; sent < count; sent += batch)
        {
            foreach (var socket in sockets)
            {
                for (var done = 0; done < batch;)
                    done += SendMany((int)socket.Handle, room.Headers, (uint)(batch - done), 0);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "recvmmsg")]
    private static partial int ReceiveMany(int socket, Seqpacket.Header* headers, uint count, int flags, nint timeout);

    [LibraryImport("libc", EntryPoint = "sendmmsg")]
    private static partial int SendMany(int socket, Seqpacket.Header* headers, uint count, int flags);
}
