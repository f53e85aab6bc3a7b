using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Shared;

/// <summary>Kept connections, one set for each port and source address; made anew when the port or the trusted roots change.</summary>
internal sealed class PortConnections(EvePaths paths, IFiles files, TimeProvider time, PortResolver resolver, ILoggerFactory logs) : IDisposable
{
    public static readonly HttpRequestOptionsKey<TimeSpan> DialTimeout = new("dial");
    static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(90), LongestLife = TimeSpan.FromMinutes(10);

    readonly ILogger _log = logs.CreateLogger("controller");
    readonly Lock _gate = new();
    readonly Dictionary<(string IfName, IPAddress Source), Line> _lines = [];

    /// <summary>The connections through a port; to be given back by disposing.</summary>
    public Line Rent(ManagementPort port, IPAddress source)
    {
        var roots = (files.Stamp(RootFile), files.Stamp(TlsRootFile));
        lock (_gate)
        {
            if (!_lines.TryGetValue((port.IfName, source), out var line) || line.Port != port || line.Roots != roots)
            {
                line?.Retire();
                _lines[(port.IfName, source)] = line = new(port, roots, new(Handler(port, source)));
            }
            return line.Rented();
        }
    }

    string RootFile => Path.Combine(paths.Config, "root-certificate.pem");
    string TlsRootFile => Path.Combine(paths.Config, "v2tlsbaseroot-certificates.pem");

    SocketsHttpHandler Handler(ManagementPort port, IPAddress source) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = port.Proxies.Count > 0,
        Proxy = new PortProxy(port),
        PooledConnectionIdleTimeout = IdleTime,
        PooledConnectionLifetime = LongestLife,
        ConnectCallback = (context, stop) => ConnectAsync(context, port, source, stop),
        SslOptions = Tls(port),
    };

    SslClientAuthenticationOptions Tls(ManagementPort port)
    {
        var options = new TrustedRoots(_log).AddFile(RootFile).AddFile(TlsRootFile).Add($"proxy certificates of port {port.Label}", port.ProxyCertificates)
            .Options("v2tlsbaseroot-certificates.pem");
        options.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        options.CipherSuitesPolicy = new(
        [
            TlsCipherSuite.TLS_AES_256_GCM_SHA384, TlsCipherSuite.TLS_AES_128_GCM_SHA256, TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
            TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        ]);
        return options;
    }

    async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, ManagementPort port, IPAddress source, CancellationToken cancellationToken)
    {
        var patience = context.InitialRequestMessage.Options.TryGetValue(DialTimeout, out var limit) && limit > TimeSpan.Zero ? limit : TimeSpan.FromSeconds(10);
        using var dial = new CancellationTokenSource(patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, dial.Token);
        try
        {
            var addresses = await resolver.ResolveAsync(context.DnsEndPoint.Host, port, source.AddressFamily, stop.Token);
            return await ConnectAsync(source, addresses, context.DnsEndPoint.Port, stop.Token);
        }
        catch (OperationCanceledException) when (dial.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"there is no connection within {patience.TotalSeconds} s");
        }
    }

    internal static async Task<Stream> ConnectAsync(IPAddress source, ValueList<IPAddress> addresses, int port, CancellationToken cancellationToken)
    {
        SocketException? failure = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.Bind(new IPEndPoint(source, 0));
                await socket.ConnectAsync(new IPEndPoint(address, port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                failure = exception;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
        throw failure ?? new SocketException((int)SocketError.HostNotFound);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var line in _lines.Values)
                line.Retire();
            _lines.Clear();
        }
    }

    /// <summary>The connections of one port; closed once it is retired and nobody uses it any more.</summary>
    internal sealed class Line(ManagementPort port, (FileStamp?, FileStamp?) roots, HttpMessageInvoker invoker) : IDisposable
    {
        readonly Lock _gate = new();
        int _users;
        bool _retired;

        public ManagementPort Port => port;
        public (FileStamp?, FileStamp?) Roots => roots;
        public HttpMessageInvoker Invoker => invoker;

        public Line Rented()
        {
            lock (_gate)
                _users++;
            return this;
        }

        public void Retire()
        {
            lock (_gate)
                _retired = true;
            Close();
        }

        public void Dispose()
        {
            lock (_gate)
                _users--;
            Close();
        }

        void Close()
        {
            lock (_gate)
            {
                if (!_retired || _users > 0)
                    return;
            }
            invoker.Dispose();
        }
    }
}
