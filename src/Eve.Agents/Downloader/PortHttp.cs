using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using Eve.Agents.Shared;
using Eve.Topics;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Downloader;

/// <summary>HTTP that leaves by one port, from its own address, with names resolved by its own servers.</summary>
internal sealed class PortHttp(EvePaths paths, TimeProvider time, ILoggerFactory logs)
{
    readonly ILogger _log = logs.CreateLogger(AgentNames.Downloader);
    static readonly TimeSpan Dial = TimeSpan.FromSeconds(30);
    readonly PortResolver _resolver = new(paths, time);

    /// <summary>To be disposed with its connections.</summary>
    /// <param name="port">Where it leaves.</param>
    /// <param name="source">Its roots are trusted besides the system's and those of the port's proxies.</param>
    public HttpMessageInvoker Open(ManagementPort port, Source source) => new(new SocketsHttpHandler
    {
        UseCookies = false,
        UseProxy = port.Proxies.Count > 0,
        Proxy = new PortProxy(port),
        ConnectTimeout = Dial,
        ConnectCallback = (context, stop) => ConnectAsync(context.DnsEndPoint, port, stop),
        SslOptions = new TrustedRoots(_log)
            .Add($"certificates of the datastore of {source.Url?.Host}", source.Roots).Add($"proxy certificates of port {port.Label}", port.ProxyCertificates)
            .Options("the datastore's configuration (dsCertPEM)"),
    });

    // Every address of the port is tried, in its order, with the addresses of the host in the same family.
    async ValueTask<Stream> ConnectAsync(DnsEndPoint host, ManagementPort port, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        foreach (var source in port.Addresses)
        {
            try
            {
                var addresses = await _resolver.ResolveAsync(host.Host, port, source.AddressFamily, cancellationToken);
                return await PortConnections.ConnectAsync(source, addresses, host.Port, cancellationToken);
            }
            catch (Exception e) when (e is EveException or SocketException)
            {
                failure ??= e;
            }
        }
        throw failure ?? new EveException($"{port.IfName} has no address.");
    }
}
