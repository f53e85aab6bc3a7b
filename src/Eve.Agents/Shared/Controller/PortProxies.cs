using System.Net;
using Eve.Topics;

namespace Eve.Agents.Shared;

/// <summary>Which proxy a port's list names for a URL. Scripts (PAC, WPAD) need an interpreter that is not there: they are not used.</summary>
internal static class PortProxies
{
    /// <summary>The proxy; null to go straight.</summary>
    public static Uri? For(Uri url, ManagementPort port)
    {
        if (url.IsLoopback || IsExcepted(url, port.ProxyExceptions))
            return null;
        var type = url.Scheme == Uri.UriSchemeHttps ? NetworkProxyType.Https : NetworkProxyType.Http;
        return port.Proxies.FirstOrDefault(p => p.Type == type && p.Server.Length > 0) is { } entry ? Of(entry) : null;
    }

    static Uri? Of(ProxyEntry entry)
    {
        var server = entry.Server.Contains("://", StringComparison.Ordinal) ? entry.Server : "http://" + entry.Server;
        if (!Uri.TryCreate(server, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https" or "socks5" or "socks4"))
            return null;
        return entry.Port is 0 or > ushort.MaxValue ? uri : new UriBuilder(uri) { Port = (int)entry.Port }.Uri;
    }

    /// <summary>Words by commas: <c>*</c>, a network, an address, or a domain with all below it; each with or without a port.</summary>
    static bool IsExcepted(Uri url, string exceptions)
    {
        foreach (var word in exceptions.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (word == "*" || IPAddress.TryParse(url.IdnHost, out var address) && IsIn(address, word) || IsBelow(url.IdnHost, word) || IsBelow($"{url.IdnHost}:{url.Port}", word))
                return true;
        }
        return false;
    }

    static bool IsIn(IPAddress address, string word) =>
        IPNetwork.TryParse(word, out var network) && network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address);

    static bool IsBelow(string host, string word)
    {
        var domain = word.TrimStart('*').TrimStart('.');
        return host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>A port's list of proxies as HTTP asks for it.</summary>
internal sealed class PortProxy(ManagementPort port) : IWebProxy
{
    public ICredentials? Credentials { get; set; }
    public Uri? GetProxy(Uri destination) => PortProxies.For(destination, port);
    public bool IsBypassed(Uri host) => PortProxies.For(host, port) is null;
}
