using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Eve.Tests.Shared.Controller;

/// <summary>What came in.</summary>
internal sealed record Asked(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body, IPAddress From);

/// <summary>What goes out.</summary>
internal sealed record Said(int Code = 200, byte[]? Body = null, string? MediaType = "application/x-proto-binary");

/// <summary>A small HTTPS server on the loopback, whose answers are a function.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    readonly TcpListener _listener;
    readonly X509Certificate2 _certificate;
    readonly Func<Asked, Said> _answer;
    readonly CancellationTokenSource _stop = new();
    readonly ConcurrentQueue<Asked> _asked = new();
    readonly Task _accepting;

    public TlsServer(Certified certificate, Func<Asked, Said> answer)
    {
        using var withKey = certificate.Certificate.CopyWithPrivateKey(certificate.Key);
        _certificate = X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
        _answer = answer;
        _listener = new(IPAddress.Loopback, 0);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Name => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
    public IReadOnlyList<Asked> Asked => [.. _asked];

    async Task AcceptAsync()
    {
        var clients = new List<Task>();
        try
        {
            while (true)
                clients.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
        }
        await Task.WhenAll(clients);
    }

    async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var tls = new SslStream(client.GetStream());
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
                var from = ((IPEndPoint)client.Client.RemoteEndPoint!).Address;
                while (await ReadAsync(tls, from) is { } asked)
                {
                    _asked.Enqueue(asked);
                    await WriteAsync(tls, _answer(asked));
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
            }
        }
    }

    async Task<Asked?> ReadAsync(Stream stream, IPAddress from)
    {
        if (await LineAsync(stream) is not { Length: > 0 } first)
            return null;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await LineAsync(stream) is { Length: > 0 } line)
            headers[line[..line.IndexOf(':')]] = line[(line.IndexOf(':') + 1)..].Trim();
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length) : 0];
        await stream.ReadExactlyAsync(body, _stop.Token);
        var words = first.Split(' ');
        return new(words[0], words[1], headers, body, from);
    }

    async Task<string?> LineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _stop.Token) > 0)
        {
            if (one[0] == '\n')
                return line.ToString();
            if (one[0] != '\r')
                line.Append((char)one[0]);
        }
        return null;
    }

    async Task WriteAsync(Stream stream, Said said)
    {
        var body = said.Body ?? [];
        var media = said.MediaType is null || body.Length == 0 ? "" : $"Content-Type: {said.MediaType}\r\n";
        var head = $"HTTP/1.1 {said.Code} Said\r\n{media}Content-Length: {(said.Code is 204 or 304 ? 0 : body.Length)}\r\n\r\n";
        await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. body], _stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();       // not before: to accept on a listener that does not listen is an error
        _stop.Dispose();
        _certificate.Dispose();
    }
}
