using System.Net;
using Eve.Topics;
using Common = Eve.Api.Common;
using Wire = Eve.Api.Config;

namespace Eve.Agents.Zedagent.ConfigParsing;

/// <summary>networks: what the ports are configured with.</summary>
internal static class Networks
{
    const string Section = "networks";

    public static ValueList<NetworkXObjectConfig> Parse(Wire.EdgeDevConfig config, ValueList<CipherContext> contexts, ParseInputs inputs, Faults faults) =>
        faults.Unique(Section, config.Networks.Select(n => ToTopic(n, contexts, inputs, faults)).OfType<NetworkXObjectConfig>(), n => n.Key);

    static NetworkXObjectConfig? ToTopic(Wire.NetworkConfig wire, ValueList<CipherContext> contexts, ParseInputs inputs, Faults faults)
    {
        if (!Fields.TryId(wire.Id, out var id))
        {
            faults.Add(Section, "", Fields.Shown(wire.Id), $"network '{Fields.Shown(wire.Id)}' has an id that is no UUID; correct it");
            return null;
        }
        var errors = new List<string>();
        var network = new NetworkXObjectConfig(
            id,
            Type(wire.Type, errors),
            Proxy: Proxy(wire.EntProxy),
            WirelessCfg: Wireless.Parse(wire.Wireless, id, contexts, errors),
            MTU: NetworkInstances.Mtu(wire.Mtu, errors));
        if (wire.Ip is not null)
            network = WithAddresses(network, wire.Ip, errors);
        else if (network.Type != NetworkType.Noop)
            errors.Add("it has no ip section; add one, or use the type 0");
        network = network with { DNSNameToIPList = NetworkInstances.DnsNames(wire.Dns, errors) };
        faults.Add(Section, network.Key, network.Key, errors);
        return network.With(Fields.Error(errors, inputs.Now));
    }

    static NetworkType Type(Common.NetworkType type, List<string> errors)
    {
        switch (type)
        {
            case Common.NetworkType.Noop: return NetworkType.Noop;
            case Common.NetworkType.V4: return NetworkType.Ipv4;
            case Common.NetworkType.V6: return NetworkType.Ipv6;
            case Common.NetworkType.V4Only: return NetworkType.Ipv4Only;
            case Common.NetworkType.V6Only: return NetworkType.Ipv6Only;
            default:
                errors.Add($"network type {type:D} is not supported by this device; use 4 (V4), 6 (V6), 7 (V4Only) or 8 (V6Only)");
                return NetworkType.Noop;
        }
    }

    static NetworkXObjectConfig WithAddresses(NetworkXObjectConfig network, Common.ipspec ip, List<string> errors)
    {
        IPNetwork? subnet = null;
        if (ip.Subnet.Length > 0 && Fields.TryNetwork(ip.Subnet, out var parsed))
            subnet = parsed;
        else if (ip.Subnet.Length > 0)
            errors.Add($"subnet '{Fields.Shown(ip.Subnet)}' is no network in CIDR form; give one such as 10.1.0.0/24");
        foreach (var name in ip.MoreNtp.Prepend(ip.Ntp).Append(ip.Domain).Where(name => name.Length > 0))
        {
            if (Fields.HostNameFault("NTP server or domain", name) is { } fault)
                errors.Add(fault);
        }
        if (ip.Gateway.Length > 0)
            CheckAddress("gateway", ip.Gateway, subnet, errors);
        foreach (var server in ip.Dns)
            CheckAddress("DNS server", server, subnet, errors);
        var before = errors.Count;
        IpSpecs.Range(ip.DhcpRange, subnet, errors);
        return network with
        {
            Dhcp = (DhcpType)ip.Dhcp,
            DomainName = ip.Domain,
            Subnet = subnet is { } net ? IpNet.Of(net) : null,
            Gateway = ip.Gateway,
            NTPServers = [.. ip.MoreNtp.Prepend(ip.Ntp).Where(server => server.Length > 0)],
            DNSServers = [.. ip.Dns],
            DhcpRange = ip.DhcpRange is { Start.Length: > 0 } range && errors.Count == before ? new(range.Start, range.End) : new(),
            IgnoreDhcpIPAddresses = ip.DhcpOptionsIgnore?.IpAddressesExclusively ?? false,
            IgnoreDhcpGateways = ip.DhcpOptionsIgnore?.GatewaysExclusively ?? false,
            IgnoreDhcpDNSConfig = ip.DhcpOptionsIgnore?.DnsConfigExclusively ?? false,
            IgnoreDhcpNtpServers = ip.DhcpOptionsIgnore?.NtpServerExclusively ?? false,
        };
    }

    static void CheckAddress(string what, string text, IPNetwork? subnet, List<string> errors)
    {
        if (!Fields.TryAddress(text, out var address))
            errors.Add($"{what} '{Fields.Shown(text)}' is no IP address; correct it");
        else if (subnet is { } network && network.BaseAddress.AddressFamily != address.AddressFamily)
            errors.Add($"{what} {address} and subnet {network} are not of one IP version; use one of them");
    }

    static ProxyConfig? Proxy(Common.ProxyConfig? proxy) => proxy is null ? null : new(
        [.. proxy.Proxies.Select(p => new ProxyEntry(
            p.Proto is > 0 and <= Common.proxyProto.ProxyFtp ? (NetworkProxyType)p.Proto : NetworkProxyType.Http, p.Server, p.Port))],
        proxy.Exceptions,
        proxy.Pacfile,
        proxy.NetworkProxyEnable,
        proxy.NetworkProxyURL,
        ProxyCertPEM: [.. proxy.ProxyCertPEM.Select(pem => (Bytes)pem.ToByteArray())]);
}
