using System.Net.Sockets;
using System.Text;

namespace Eve.Tests;

/// <summary>The other end of a socket, by nothing but .NET's own sockets and EVE's texts.</summary>
internal sealed class RawPeer(Socket socket) : IDisposable
{
    readonly byte[] _buffer = new byte[65536];

    public static RawPeer Connect(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified) { ReceiveTimeout = 20_000 };
        socket.Connect(new UnixDomainSocketEndPoint(path));
        return new(socket);
    }

    /// <summary>A subscriber as EVE's own are. It may have been turned away before it could ask: then it hears nothing.</summary>
    public static RawPeer Subscribe(string path, string topic)
    {
        var peer = Connect(path);
        try
        {
            peer.Send("request " + topic);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.Shutdown or SocketError.ConnectionReset)
        {
        }
        return peer;
    }

    /// <summary>Somebody who publishes at a path.</summary>
    public static Socket Listen(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var socket = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        return socket;
    }

    public void Send(string text) => socket.Send(Encoding.UTF8.GetBytes(text));

    /// <summary>The next packet; "" when the other end has closed.</summary>
    public string Receive()
    {
        try
        {
            return Encoding.UTF8.GetString(_buffer, 0, socket.Receive(_buffer));
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            return "";
        }
    }

    /// <summary>The next packets.</summary>
    public string[] Receive(int count) => [.. Enumerable.Range(0, count).Select(_ => Receive())];

    /// <summary>Returns when what was sent so far has been taken: a note of its own has come and gone.</summary>
    public async Task AnsweredAsync(View view)
    {
        Send($"update Note {Base64("probe")} {Base64("""{"Name":"probe"}""")}");
        await view.UntilAsync(v => v.Notes["probe"] is not null);
        Send($"delete Note {Base64("probe")}");
        await view.UntilAsync(v => v.Notes["probe"] is null);
        view.Changes.RemoveAll(c => c.Key == "probe");
    }

    public void Dispose() => socket.Dispose();

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
