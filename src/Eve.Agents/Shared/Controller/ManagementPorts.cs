using System.Net;
using Eve.Topics;

namespace Eve.Agents.Shared;

/// <summary>A port through which the controller may be reached.</summary>
/// <param name="IfName">The interface.</param>
/// <param name="Label">EVE's name of it.</param>
/// <param name="Cost">0 is free; cheaper ports come first.</param>
/// <param name="Addresses">Its own addresses, without link-local ones.</param>
/// <param name="DnsServers">Who resolves names there; none: the system does.</param>
public sealed record ManagementPort(string IfName, string Label, byte Cost, ValueList<IPAddress> Addresses, ValueList<IPAddress> DnsServers)
{
    /// <summary>The proxies that the port's configuration lists.</summary>
    public ValueList<ProxyEntry> Proxies { get; init; }

    /// <summary>Where they are not used.</summary>
    public string ProxyExceptions { get; init; } = "";

    /// <summary>Whom to trust beside the device's roots: such a proxy opens TLS.</summary>
    public ValueList<Bytes> ProxyCertificates { get; init; }
}

/// <summary>Which ports of a device lead to its controller, and in which order.</summary>
internal static class ManagementPorts
{
    /// <summary>The usable management ports: those that failed last go last, then by cost; equal ones take turns.</summary>
    /// <param name="network">What nim says.</param>
    /// <param name="iteration">Counts the requests, so that ports of one cost share them.</param>
    public static ValueList<ManagementPort> Of(DeviceNetworkStatus? network, int iteration = 0) =>
        network is null ? [] : [.. network.Ports.Where(IsManagement)
            .Select(p => (HasFailed: p.LastFailed > p.LastSucceeded, Port: From(p)))
            .Where(p => p.Port.Addresses.Count > 0)
            .GroupBy(p => (p.HasFailed, p.Port.Cost), p => p.Port)
            .OrderBy(g => g.Key)
            .SelectMany(g => Rotated([.. g], iteration))];

    /// <summary>One port, whatever it is used for: nim tests each of them.</summary>
    public static ManagementPort From(NetworkPortStatus port) =>
        new(port.IfName, port.Logicallabel, port.Cost, [.. Parse(port.AddrInfoList.Select(a => a.Addr)).Where(IsUsable)], [.. Parse(port.DNSServers)])
        {
            Proxies = port.Proxies,
            ProxyExceptions = port.Exceptions,
            ProxyCertificates = port.ProxyCertPEM,
        };

    /// <summary>Whether an address leads beyond its own link.</summary>
    public static bool IsUsable(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => IsUsable(address.MapToIPv4()),
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } => !address.IsIPv6LinkLocal && !address.Equals(IPAddress.IPv6Any),
        _ => address.GetAddressBytes() is not ([169, 254, ..] or [0, 0, 0, 0]),
    };

    static bool IsManagement(NetworkPortStatus port) => port is { IsMgmt: true, IsL3Port: true, InvalidConfig: false };

    static IEnumerable<ManagementPort> Rotated(ManagementPort[] ports, int iteration)
    {
        var first = (int)((uint)iteration % (uint)ports.Length);
        return ports.Skip(first).Concat(ports.Take(first));
    }

    static IEnumerable<IPAddress> Parse(IEnumerable<string> addresses)
    {
        foreach (var text in addresses)
        {
            if (IPAddress.TryParse(text, out var address))
                yield return address;
        }
    }
}
