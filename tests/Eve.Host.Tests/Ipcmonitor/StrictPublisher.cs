using System.Net.Sockets;
using System.Text;
using NUnit.Framework;

namespace Eve.Tests.Ipcmonitor;

/// <summary>A publisher as EVE's own are, by nothing but .NET's sockets: it reads a request of 256 bytes at most, and nothing but what 1.4 says.</summary>
internal sealed class StrictPublisher : IDisposable
{
    const int RequestRoom = 256;

    readonly string _path;
    readonly string _topic;
    readonly Socket _listener = new(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
    Socket? _subscriber;

    public StrictPublisher(string path)
    {
        (_path, _topic) = (path, Path.GetFileNameWithoutExtension(path));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
    }

    /// <summary>The next one who connects must ask for the topic, and say nothing else.</summary>
    public async Task AcceptAsync(CancellationToken cancellationToken)
    {
        _subscriber?.Dispose();
        _subscriber = await _listener.AcceptAsync(cancellationToken);
        var request = new byte[RequestRoom];
        var length = await _subscriber.ReceiveAsync(request, cancellationToken);
        Assert.That(Encoding.ASCII.GetString(request, 0, length), Is.EqualTo($"request {_topic}"));
    }

    public void Send(params string[] packets)
    {
        foreach (var packet in packets)
            _subscriber!.Send(Encoding.UTF8.GetBytes(packet));
    }

    public void Update(string key, string json) => Send($"update {_topic} {Base64(key)} {Base64(json)}");

    /// <summary>The connection ends; the publisher may be there still.</summary>
    public void HangUp()
    {
        Assert.That(_subscriber!.Available, Is.Zero, "a subscriber says nothing but its request");
        _subscriber.Dispose();
    }

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public void Dispose()
    {
        _subscriber?.Dispose();
        _listener.Dispose();
        File.Delete(_path);
    }
}
