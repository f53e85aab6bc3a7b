using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Eve.Agents.Shared;
using Eve.Topics;

namespace Eve.Agents.Downloader;

/// <summary>HTTP that leaves by one port, from its own address, with names resolved by its own servers.</summary>
internal sealed class PortHttp(EvePaths paths, TimeProvider time)
{
    static readonly TimeSpan Dial = TimeSpan.FromSeconds(30);
    readonly PortResolver _resolver = new(paths, time);

    /// <summary>To be disposed with its connections.</summary>
    /// <param name="roots">PEM certificates that are trusted besides the system's.</param>
    public HttpMessageInvoker Open(ManagementPort port, ValueList<Bytes> roots) => new(new SocketsHttpHandler
    {
        UseCookies = false,
        UseProxy = port.Proxies.Count > 0,
        Proxy = new PortProxy(port),
        ConnectTimeout = Dial,
        ConnectCallback = (context, stop) => ConnectAsync(context.DnsEndPoint, port, stop),
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trust(roots) },
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

    static X509ChainPolicy Trust(ValueList<Bytes> roots)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        using var system = new X509Store(StoreName.Root, StoreLocation.LocalMachine);
        system.Open(OpenFlags.ReadOnly);
        policy.CustomTrustStore.AddRange(system.Certificates);
        foreach (var root in roots)
            policy.CustomTrustStore.ImportFromPem(Encoding.ASCII.GetString(root.Span));
        return policy;
    }
}
