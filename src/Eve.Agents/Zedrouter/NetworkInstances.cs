using System.Net;
using System.Text.RegularExpressions;
using Eve.Topics;

namespace Eve.Agents.Zedrouter;

/// <summary>Judges the configured network instances together (applications.md 7.1): pure.</summary>
internal static partial class NetworkInstances
{
    const int DefaultMtu = 1500;

    /// <param name="network">The device's ports; null as long as nim has not told.</param>
    /// <param name="existing">The bridges that are there.</param>
    public static IReadOnlyList<Instance> Judge(
        IEnumerable<NetworkInstanceConfig> configs, Numbers numbers, DeviceNetworkStatus? network, IReadOnlySet<string> existing)
    {
        var judged = new List<Instance>();
        // Of two that want the same addresses, the one stays that was there before: the lower number.
        foreach (var config in configs.OrderBy(c => numbers.Bridge(c.UUID)).ThenBy(c => c.UUID))
        {
            var number = numbers.Bridge(config.UUID);
            var instance = Validated(new(config, number) { Exists = number > 0 && existing.Contains(NetworkNames.Bridge(number)) });
            if (instance.Invalid.Length == 0)
            {
                instance = WithPorts(instance, network) with
                {
                    NoNumber = number > 0 ? "" : $"{Named(config)}: all {NetworkNames.HighestNumber} numbers of network instances are taken: remove one",
                };
                instance = instance with { Conflict = FindConflict(instance, judged, network) };
            }
            judged.Add(instance);
        }
        return judged;
    }

    public static string Named(NetworkInstanceConfig config) => $"Network instance '{config.DisplayName}' ({config.UUID})";

    static Instance Validated(Instance instance)
    {
        var config = instance.Config;
        if (config.Error.Length > 0)
            return Refuse(config.Error);
        if (config.Type != NetworkInstanceType.Local)
            return Refuse($"{Named(config)} is of type {(int)config.Type} ({TypeName(config.Type)}), which is not built yet: use a local one (type 2)");
        if (config.IpType is not AddressType.Ipv4)
            return Refuse($"{Named(config)} has the address type {(int)config.IpType}: only IPv4 (type 1) is built yet");
        if (config.Subnet is null || !config.Subnet.TryGetNetwork(out var subnet) || config.Subnet.Mask.Span.Length != 4 || subnet.PrefixLength is 0 or > 30)
            return Refuse($"{Named(config)}: the subnet '{config.Subnet}' is not an IPv4 network of at least 4 addresses");
        if (!IPAddress.TryParse(config.Gateway, out var gateway) || !subnet.Contains(gateway))
            return Refuse($"{Named(config)}: the gateway '{config.Gateway}' is not an address within {subnet}");
        if (!IPAddress.TryParse(config.DhcpRange.Start, out var first) || !IPAddress.TryParse(config.DhcpRange.End, out var last)
            || !subnet.Contains(first) || !subnet.Contains(last) || Addressing.Distance(first, last) is not >= 0)
            return Refuse($"{Named(config)}: the DHCP range '{config.DhcpRange.Start}'-'{config.DhcpRange.End}' is not a range within {subnet}");
        if (Addressing.Distance(first, gateway) >= 0 && Addressing.Distance(gateway, last) >= 0)
            return Refuse($"{Named(config)}: the gateway {gateway} lies in the DHCP range {first}-{last}: move one of them");
        if (config.DomainName.Length > 0 && !DomainName().IsMatch(config.DomainName))
            return Refuse($"{Named(config)}: '{Shown(config.DomainName)}' is not a domain name");
        return instance with { Subnet = subnet, Gateway = gateway, First = first, Last = last };

        Instance Refuse(string text) => instance with { Invalid = text };
    }

    static Instance WithPorts(Instance instance, DeviceNetworkStatus? network)
    {
        var config = instance.Config;
        if (network is null && config.PortLabel.Length > 0)
            return instance with { Waits = true };
        ValueList<NetworkPortStatus> labelled = [.. (network?.Ports ?? []).Where(p => HasLabel(p, config.PortLabel))];
        ValueList<NetworkPortStatus> ports = [.. labelled.Where(p => p.Dhcp is DhcpType.Client or DhcpType.Static && InterfaceName().IsMatch(p.IfName))];
        var portMtu = ports.Where(p => p.MTU > 0).Select(p => (int)p.MTU).DefaultIfEmpty(DefaultMtu).Min();
        return instance with
        {
            Ports = ports,
            Mtu = config.MTU > 0 ? Math.Min(config.MTU, ports.Count > 0 ? portMtu : config.MTU) : portMtu,
            MtuConflict = config.MTU > portMtu && ports.Count > 0 ? $"{Named(config)}: its MTU {config.MTU} is larger than {portMtu}, that of its ports, which is used" : "",
            NoPort = config.PortLabel.Length == 0 || ports.Count > 0 ? ""
                : labelled.Count > 0 ? $"{Named(config)}: no port with the label '{Shown(config.PortLabel)}' has an IP configuration: a local network instance needs DHCP or a static address on it"
                : $"{Named(config)}: no port of the device has the label '{Shown(config.PortLabel)}': name one that exists, or give a port this label",
        };
    }

    /// <summary>Whether a label names a port: its own, one that it shares, or one of EVE's (all, uplink, freeuplink).</summary>
    public static bool HasLabel(NetworkPortStatus port, string label) => label.Length > 0
        && (port.Logicallabel == label || port.SharedLabels.Contains(label) || label switch
        {
            "all" => true,
            "uplink" => port.IsMgmt,
            "freeuplink" => port is { IsMgmt: true, Cost: 0 },
            _ => false,
        });

    static string FindConflict(Instance instance, List<Instance> earlier, DeviceNetworkStatus? network)
    {
        foreach (var other in earlier)
        {
            if (other is { Broken: "", Conflict: "", Config.Activate: true } && Addressing.Overlap(instance.Subnet, other.Subnet))
                return $"{Named(instance.Config)}: its subnet {instance.Subnet} overlaps {other.Subnet} of {Named(other.Config)}: change one of them";
        }
        foreach (var port in network?.Ports ?? [])
        {
            if (port.IPv4Subnet is { } net && net.TryGetNetwork(out var subnet) && subnet.PrefixLength > 0 && Addressing.Overlap(instance.Subnet, subnet))
                return $"{Named(instance.Config)}: its subnet {instance.Subnet} overlaps {subnet} of port {port.Logicallabel}: change one of them";
        }
        return "";
    }

    static string TypeName(NetworkInstanceType type) => (int)type switch
    {
        1 => "switch",
        3 => "cloud",
        4 => "mesh",
        5 => "honeypot",
        6 => "transparent",
        _ => "unknown",
    };

    /// <summary>A text of the configuration as it may stand in a message.</summary>
    public static string Shown(string text) => string.Concat(text.Take(80).Select(c => char.IsControl(c) ? '?' : c));

    [GeneratedRegex(@"^(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*\z", RegexOptions.CultureInvariant)]
    internal static partial Regex DomainName();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,14}\z", RegexOptions.CultureInvariant)]
    private static partial Regex InterfaceName();
}
