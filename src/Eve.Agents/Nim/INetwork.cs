using System.Net;

namespace Eve.Agents.Nim;

/// <summary>The device's own ports: nim alone sets their addresses, routes and rules, and runs their DHCP clients.</summary>
public interface INetwork
{
    /// <summary>Why this device leaves the interfaces as they are and only looks at them; null if it manages them.</summary>
    string? Refusal { get; }

    /// <summary>Rings when links, addresses, routes, rules or leases may have changed, and once as soon as it listens.</summary>
    IAsyncEnumerable<bool> WatchAsync(CancellationToken cancellationToken);

    /// <summary>What there is now.</summary>
    Task<NetworkFacts> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Makes the ports so: what is right already is not touched. Returns what could not be done.</summary>
    Task<ValueList<NetworkFailure>> ApplyAsync(NetworkSettings settings, CancellationToken cancellationToken);

    /// <summary>Ends the DHCP clients. Leases, addresses and routes stay.</summary>
    Task EndAsync();
}

/// <summary>Links, addresses and leases as they are.</summary>
public sealed record NetworkFacts(ValueList<NetworkLink> Links = default, ValueList<NetworkAddress> Addresses = default, ValueList<Lease> Leases = default)
{
    /// <summary>The link of that name; null if there is none.</summary>
    public NetworkLink? Link(string name) => Links.FirstOrDefault(l => l.Name == name);

    /// <summary>The lease of a port's DHCP client; null if it has none, or has said nothing yet.</summary>
    public Lease? Lease(string link) => Leases.FirstOrDefault(l => l.Link == link);
}

/// <summary>An interface.</summary>
/// <param name="Group">70: it is zedrouter's.</param>
public sealed record NetworkLink(int Index, string Name, string Mac, int Mtu, bool Up, bool Carrier, string? Master = null, string Kind = "", uint Group = 0);

/// <summary>An address that can be used.</summary>
public sealed record NetworkAddress(string Link, IPAddress Address, int PrefixLength);

/// <summary>What a DHCP server has given to a port, or that it has taken it back (<see cref="Bound"/> is false).</summary>
public sealed record Lease(
    string Link,
    bool Bound,
    IPAddress? Address = null,
    int PrefixLength = 0,
    ValueList<LeaseRoute> Routes = default,
    ValueList<string> DnsServers = default,
    string DomainName = "",
    ValueList<string> NtpServers = default,
    int Mtu = 0);

/// <summary>A route of a lease; without gateway the destination is on the link itself.</summary>
public sealed record LeaseRoute(IPNetwork Destination, IPAddress? Gateway);

/// <summary>What nim wants of the machine: of these ports, and nothing of it elsewhere.</summary>
public sealed record NetworkSettings(ValueList<PortSettings> Ports = default, ValueList<string> DnsServers = default, ValueList<string> SearchDomains = default);

/// <summary>What one port is to have.</summary>
/// <param name="Index">The number of the link; 500 more is its routing table.</param>
/// <param name="Mtu">0: as it is.</param>
/// <param name="Keep">Its DHCP client has not spoken yet: what the port has from before stays until it does.</param>
public sealed record PortSettings(
    string Link,
    int Index,
    int Mtu = 0,
    DhcpClient? Dhcp = null,
    bool Keep = false,
    ValueList<PortAddress> Addresses = default,
    ValueList<PortRoute> Routes = default);

/// <summary>An address of a port.</summary>
public sealed record PortAddress(IPAddress Address, int PrefixLength);

/// <summary>A route through a port. In the main table it has a metric by the port's cost; in the port's own table it has none.</summary>
public sealed record PortRoute(IPNetwork Destination, uint Table, IPAddress? Gateway, IPAddress Source, uint Metric);

/// <summary>A DHCP client on a port.</summary>
/// <param name="VendorClass">It says that it is an EVE device.</param>
public sealed record DhcpClient(string Link, bool VendorClass);

/// <summary>Something that could not be done; the link is empty if it concerns no single port.</summary>
public sealed record NetworkFailure(string Link, string Error);
