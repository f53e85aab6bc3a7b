using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Eve.Tests.Downloader;

/// <summary>What one request asked for.</summary>
internal sealed record Asked(string Path, long From, string? IfRange, string? Authorization);

/// <summary>A datastore on loopback that speaks just enough HTTP, and breaks off where the test wants it to.</summary>
internal sealed class Datastore : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly Task _serving;
    long _served;

    public Datastore()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
    public byte[] Content { get; set; } = [];
    public string? Tag { get; set; } = "\"one\"";
    public int Status { get; set; } = 200;

    /// <summary>A part begins so many bytes too late.</summary>
    public long Shift { get; set; }

    /// <summary>Each of the next answers is cut off after so many bytes of its body.</summary>
    public ConcurrentQueue<long> Cuts { get; } = [];

    /// <summary>The connection stays open after a cut.</summary>
    public bool Stalls { get; set; }

    public ConcurrentQueue<Asked> Requests { get; } = [];

    /// <summary>Bytes of bodies that were sent.</summary>
    public long Served => Volatile.Read(ref _served);

    async Task ServeAsync()
    {
        List<Task> clients = [];
        try
        {
            while (true)
                clients.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
        }
        await Task.WhenAll(clients);
    }

    async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                await SendAsync(stream, await ReadAsync(stream));
                if (Stalls)
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stop.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
            {
            }
        }
    }

    async Task<Asked> ReadAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var path = (await reader.ReadLineAsync(_stop.Token))!.Split(' ')[1];
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
            headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        var range = headers.GetValueOrDefault("Range");
        var asked = new Asked(
            path, range is null ? 0 : long.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture), headers.GetValueOrDefault("If-Range"), headers.GetValueOrDefault("Authorization"));
        Requests.Enqueue(asked);
        return asked;
    }

    async Task SendAsync(NetworkStream stream, Asked asked)
    {
        if (Status != 200)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {Status} Sorry\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), _stop.Token);
            return;
        }
        var part = asked.From > 0 && asked.IfRange == Tag;
        var from = part ? Math.Min(asked.From + Shift, Content.Length) : 0;
        var head = $"HTTP/1.1 {(part ? "206 Partial Content" : "200 OK")}\r\nContent-Length: {Content.Length - from}\r\nContent-Type: text/plain\r\nConnection: close\r\n"
            + (part ? $"Content-Range: bytes {from}-{Content.Length - 1}/{Content.Length}\r\n" : "") + (Tag is { } tag ? $"ETag: {tag}\r\n" : "") + "\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _stop.Token);
        var length = (int)Math.Min(Content.Length - from, Cuts.TryDequeue(out var cut) ? cut : long.MaxValue);
        await stream.WriteAsync(Content.AsMemory((int)from, length), _stop.Token);
        Interlocked.Add(ref _served, length);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Stop();       // not before: to accept on a listener that does not listen is an error
        _stop.Dispose();
    }
}
