using System.Net;
using System.Net.Sockets;
using Eve.Topics;

namespace Eve.Agents.Nim;

/// <summary>From the configuration in force and what the DHCP servers gave to what the ports are to have (networking.md 1).</summary>
internal static class PortPlan
{
    const uint FirstTable = 500, MainTable = 254;
    static readonly IPNetwork AnyV4 = new(IPAddress.Any, 0), AnyV6 = new(IPAddress.IPv6Any, 0);

    public static uint TableOf(int linkIndex) => FirstTable + (uint)linkIndex;

    public static NetworkSettings Of(DevicePortConfig? config, NetworkFacts facts, bool vendorClass)
    {
        var ports = (config?.Ports ?? default).Select((port, number) => (Port: port, Number: number))
            .Where(p => p.Port is { InvalidConfig: false, IsL3Port: true })
            .DistinctBy(p => p.Port.IfName)
            .OrderBy(p => p.Port.Cost).ToList();
        return new(
            [.. ports.Where(p => facts.Link(p.Port.IfName) is not null).Select(p => Port(p.Port, p.Number, facts, vendorClass))],
            [.. ports.Where(p => p.Port.IsMgmt).SelectMany(p => DnsServers(p.Port, LeaseOf(p.Port, facts))).Distinct()],
            [.. ports.Where(p => p.Port.IsMgmt).Select(p => LeaseOf(p.Port, facts)?.DomainName ?? p.Port.DomainName).Where(IsDomain).Distinct()]);
    }

    static PortSettings Port(NetworkPortConfig port, int number, NetworkFacts facts, bool vendorClass)
    {
        var link = facts.Link(port.IfName)!;
        var lease = LeaseOf(port, facts);
        var address = HasOwnAddress(port)
            ? IpNet.TryParse(port.AddrSubnet, out var own) ? new PortAddress(IPAddress.Parse(own.IP), own.PrefixLength) : null
            : lease is { Address: { } given } ? new PortAddress(given, lease.PrefixLength) : null;
        return new(
            link.Name, link.Index, port.MTU > 0 ? port.MTU : lease?.Mtu ?? 0,
            port.Dhcp == DhcpType.Client ? new DhcpClient(link.Name, vendorClass) : null,
            Keep: port.Dhcp == DhcpType.Client && facts.Lease(link.Name) is null,
            address is null ? default : [address],
            address is null ? default : [.. Routes(address, port, lease, TableOf(link.Index), 10 + 1000 * (uint)port.Cost + (uint)number)]);
    }

    // Each route twice: in the main table, where the cheapest port wins, and in the port's own, for what is sent from its address.
    static IEnumerable<PortRoute> Routes(PortAddress address, NetworkPortConfig port, Lease? lease, uint table, uint metric)
    {
        var source = address.Address;
        var isV4 = source.AddressFamily == AddressFamily.InterNetwork;
        var destinations = new List<(IPNetwork To, IPAddress? Gateway)>();
        if (IpNet.Parse($"{source}/{address.PrefixLength}").TryGetNetwork(out var subnet) && address.PrefixLength < (isV4 ? 32 : 128))
            destinations.Add((subnet, null));
        var ways = HasOwnGateway(port)
            ? Gateways(port, lease).Select(g => (g.AddressFamily == AddressFamily.InterNetwork ? AnyV4 : AnyV6, (IPAddress?)g))
            : (lease?.Routes ?? default).Select(r => (r.Destination, r.Gateway));
        destinations.AddRange(ways.Where(w => w.Item1.BaseAddress.AddressFamily == source.AddressFamily));
        // A gateway beyond the subnet must be reachable first.
        var beyond = destinations.Where(d => d.Gateway is { } g && !destinations.Any(o => o.Gateway is null && o.To.Contains(g)))
            .Select(d => (To: new IPNetwork(d.Gateway!, isV4 ? 32 : 128), Gateway: (IPAddress?)null)).Distinct().ToList();
        foreach (var (to, gateway) in beyond.Concat(destinations).DistinctBy(d => d.Item1))
        {
            yield return new(to, MainTable, gateway, source, metric);
            yield return new(to, table, gateway, source, isV4 ? 0 : metric);
        }
    }

    /// <summary>The lease that counts for a port: one that is in force.</summary>
    public static Lease? LeaseOf(NetworkPortConfig port, NetworkFacts facts) =>
        port is { Dhcp: DhcpType.Client, InvalidConfig: false } && facts.Lease(port.IfName) is { Bound: true } lease ? lease : null;

    public static bool HasOwnAddress(NetworkPortConfig port) => port.Dhcp == DhcpType.Static || port is { Dhcp: DhcpType.Client, IgnoreDhcpIPAddresses: true };

    static bool HasOwnGateway(NetworkPortConfig port) => port.Dhcp == DhcpType.Static || port is { Dhcp: DhcpType.Client, IgnoreDhcpGateways: true };

    /// <summary>The default gateways: the configured one, or those of the lease.</summary>
    public static IEnumerable<IPAddress> Gateways(NetworkPortConfig port, Lease? lease) => HasOwnGateway(port)
        ? IPAddress.TryParse(port.Gateway, out var own) && !own.Equals(IPAddress.Any) && !own.Equals(IPAddress.IPv6Any) ? [own] : []
        : (lease?.Routes ?? default).Where(r => r.Destination.PrefixLength == 0).Select(r => r.Gateway).OfType<IPAddress>();

    /// <summary>The name servers: the configured ones first.</summary>
    public static ValueList<string> DnsServers(NetworkPortConfig port, Lease? lease) =>
        [.. port.DNSServers.Where(s => IPAddress.TryParse(s, out _)).Concat(port.IgnoreDhcpDNSConfig ? default : lease?.DnsServers ?? default).Distinct()];

    static bool IsDomain(string name) => name.Length is > 0 and < 254 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
