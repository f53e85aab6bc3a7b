using System.Net;
using System.Net.Sockets;
using Eve.Agents.Shared;
using Eve.Topics;

namespace Eve.Agents.Nim;

/// <summary>What the other agents are told of the ports: the configuration in force, joined with what the machine shows.</summary>
internal static class NetworkStatus
{
    public static DeviceNetworkStatus Of(Selection selection, NetworkFacts facts, ValueList<NetworkFailure> failures, string? refusal) => new(
        selection.Entry?.Key ?? "",
        selection.Entry?.Version ?? DevicePortConfigVersion.IsMgmt,
        selection.Testing,
        selection.State,
        selection.Current,
        Ports: [.. (selection.Entry?.Ports ?? default).Select(p => Port(p, facts, failures, refusal))]);

    /// <summary>An error that no test has found (a missing interface) has a time as well: without one it counts as none. The same error keeps its time.</summary>
    public static DeviceNetworkStatus Dated(DeviceNetworkStatus status, DeviceNetworkStatus? former, DateTimeOffset now) => status with
    {
        Ports = [.. status.Ports.Select(port => port.LastError.Length == 0 || HasFailed(port) ? port : port with
        {
            LastFailed = (former?.Ports ?? default).FirstOrDefault(f => f.IfName == port.IfName && f.LastError == port.LastError && HasFailed(f))?.LastFailed ?? now,
        })],
    };

    static bool HasFailed(NetworkPortStatus port) => port.LastFailed > port.LastSucceeded;

    /// <summary>The management ports through which the controller can be asked for.</summary>
    public static ValueList<NetworkPortStatus> Testable(ValueList<NetworkPortStatus> ports) =>
        [.. ports.Where(p => p is { IsMgmt: true, IsL3Port: true, InvalidConfig: false } && p.AddrInfoList.Any(a => UsableAddresses.IsUsable(a.Addr)))];

    static NetworkPortStatus Port(NetworkPortConfig port, NetworkFacts facts, ValueList<NetworkFailure> failures, string? refusal)
    {
        var link = facts.Link(port.IfName);
        var lease = PortPlan.LeaseOf(port, facts);
        var addresses = facts.Addresses.Where(a => a.Link == port.IfName).ToList();
        var fixedAddress = PortPlan.HasOwnAddress(port) && IpNet.TryParse(port.AddrSubnet, out var given) ? given : null;
        var status = new NetworkPortStatus(
            port.IfName, port.Phylabel, port.Logicallabel, SharedLabels: port.SharedLabels, Alias: port.Alias, IsMgmt: port.IsMgmt, IsL3Port: port.IsL3Port,
            InvalidConfig: port.InvalidConfig, Cost: port.Cost, Dhcp: port.Dhcp, Type: port.Type,
            ConfiguredSubnet: fixedAddress is not null && fixedAddress.TryGetNetwork(out var subnet) ? IpNet.Of(subnet) : null,
            ConfiguredIP: fixedAddress?.IP ?? "", IgnoredDhcpIPs: port.IgnoreDhcpIPAddresses,
            IPv4Subnet: Subnets(addresses, AddressFamily.InterNetwork).FirstOrDefault(),
            IPv6Subnets: [.. Subnets(addresses.Where(a => !a.Address.IsIPv6LinkLocal), AddressFamily.InterNetworkV6)],
            DomainName: port.DomainName.Length > 0 || port.IgnoreDhcpDNSConfig ? port.DomainName : lease?.DomainName ?? "",
            DNSServers: PortPlan.DnsServers(port, lease),
            NtpServers: [.. port.NTPServers.Concat(port.IgnoreDhcpNtpServers ? default : lease?.NtpServers ?? default).Distinct()],
            AddrInfoList: [.. addresses.Select(a => new AddrInfo(a.Address.ToString(), IpNet.Parse($"{a.Address}/{a.PrefixLength}").Mask))],
            DefaultRouters: [.. PortPlan.Gateways(port, lease).Select(g => g.ToString())],
            Up: link is { Up: true, Carrier: true }, MacAddr: MacAddress.TryParse(link?.Mac, out var mac) ? mac : default, MTU: (ushort)Math.Min(link?.Mtu ?? 0, ushort.MaxValue),
            WirelessCfg: port.WirelessCfg, ConfigSource: port.ConfigSource);
        var results = port.ToTestResults();
        var error = Error(port, link, failures);
        return status.With(port.ToProxyConfig()).With(port.ToL2LinkConfig()).With(results with
        {
            LastError = results.LastError.Length > 0 ? results.LastError : error,
            LastWarning = results.LastWarning.Length > 0 ? results.LastWarning : refusal ?? "",
        });
    }

    static string Error(NetworkPortConfig port, NetworkLink? link, ValueList<NetworkFailure> failures) =>
        link is null && !port.InvalidConfig
            ? $"{port.Logicallabel}: there is no interface {port.IfName}; check the name, and whether the device is plugged in or assigned to an app."
            : string.Join("; ", failures.Where(f => f.Link == port.IfName).Select(f => f.Error));

    static IEnumerable<IpNet> Subnets(IEnumerable<NetworkAddress> addresses, AddressFamily family)
    {
        foreach (var address in addresses.Where(a => a.Address.AddressFamily == family))
        {
            if (IpNet.Parse($"{WithoutScope(address.Address)}/{address.PrefixLength}").TryGetNetwork(out var network))
                yield return IpNet.Of(network);
        }
    }

    static IPAddress WithoutScope(IPAddress address) => new(address.GetAddressBytes());
}
