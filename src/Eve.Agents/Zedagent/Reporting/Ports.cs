using Eve.Topics;
using Common = Eve.Api.Common;
using Wire = Eve.Api.Info;

namespace Eve.Agents.Zedagent.Reporting;

/// <summary>One port: as it is, or as it would be (reports.md 1.5).</summary>
internal static class Ports
{
    /// <summary>A port of the configuration in use.</summary>
    public static Wire.DevicePort Of(NetworkPortStatus port, Guid network, IoBundle? adapter)
    {
        var info = new Wire.DevicePort
        {
            Ifname = port.IfName,
            Name = port.Logicallabel,
            IsMgmt = port.IsMgmt,
            Cost = port.Cost,
            Free = port.Cost == 0,
            Usage = (Common.PhyIoMemberUsage)(adapter?.Usage ?? default),
            Err = Errors.Join(Errors.Of(port.ToTestResults()), adapter is null ? null : Errors.Of([adapter])),
            NetworkUUID = network.ToString(),
            ConfigSource = Of(port.ConfigSource),
            DhcpType = (uint)port.Dhcp,
            Subnet = (port.IPv4Subnet ?? port.IPv6Subnets.FirstOrDefault())?.ToString() ?? "",
            Up = port.Up,
            Mtu = port.MTU,
            MacAddr = port.MacAddr.IsNil ? "" : port.MacAddr.ToString(),
            Domainname = port.DomainName,
            Dns = Of(port.DomainName, port.DNSServers),
            Proxy = Of(port.ToProxyConfig()),
            Location = Location(port),
            WirelessStatus = port.WirelessStatus.WType == WirelessType.Wifi ? new() { Type = Wire.WirelessType.Wifi } : null,
            PnacStatus = new()
            {
                Enabled = port.PNAC.Enabled,
                State = (Wire.SupplicantState)port.PNAC.State,
                LastAuthTimestamp = Units.Time(port.PNAC.LastAuthTimestamp),
                Err = Errors.Of(port.PNAC.Error),
            },
        };
        AddNtp(info, port.NtpServers);
        info.IPAddrs.AddRange(port.AddrInfoList.Select(a => a.Addr).Append(port.ClusterIPAddr).Where(a => a.Length > 0));
        info.DefaultRouters.AddRange(port.DefaultRouters);
        return info;
    }

    /// <summary>A port of a configuration that is not in use.</summary>
    public static Wire.DevicePort Of(NetworkPortConfig port, IoBundle? adapter)
    {
        var info = new Wire.DevicePort
        {
            Ifname = port.IfName,
            Name = port.Logicallabel,
            IsMgmt = port.IsMgmt,
            Cost = port.Cost,
            Free = port.Cost == 0,
            Usage = (Common.PhyIoMemberUsage)(adapter?.Usage ?? default),
            Err = Errors.Of(port.ToTestResults()),
            NetworkUUID = port.NetworkUUID == Guid.Empty ? "" : port.NetworkUUID.ToString(),
            ConfigSource = Of(port.ConfigSource),
            DhcpType = (uint)port.Dhcp,
            Subnet = port.AddrSubnet,
            Dns = Of(port.DomainName, port.DNSServers),
            Proxy = Of(port.ToProxyConfig()),
        };
        AddNtp(info, port.NTPServers);
        if (port.Gateway.Length > 0)
            info.DefaultRouters.Add(port.Gateway);
        return info;
    }

    static void AddNtp(Wire.DevicePort info, ValueList<string> servers)
    {
        info.NtpServer = servers.FirstOrDefault() ?? "";
        info.MoreNtpServers.AddRange(servers.Skip(1));
    }

    static Wire.ZInfoDNS Of(string domain, ValueList<string> servers)
    {
        var dns = new Wire.ZInfoDNS { DNSdomain = domain };
        dns.DNSservers.AddRange(servers);
        return dns;
    }

    static Common.PortConfigSource Of(PortConfigSource source) =>
        new() { Origin = (Common.NetworkConfigOrigin)source.Origin, SubmittedAt = Units.Time(source.SubmittedAt) };

    // Without the certificates: they are large, and the controller has them.
    static Wire.ProxyStatus Of(ProxyConfig proxy)
    {
        var status = new Wire.ProxyStatus
        {
            Exceptions = proxy.Exceptions,
            Pacfile = proxy.Pacfile,
            NetworkProxyEnable = proxy.NetworkProxyEnable,
            NetworkProxyURL = proxy.NetworkProxyURL,
            WpadURL = proxy.WpadURL,
        };
        status.Proxies.AddRange(proxy.Proxies.Select(p => new Wire.ProxyEntry { Type = (uint)p.Type, Server = p.Server, Port = p.Port }));
        return status;
    }

    static Wire.GeoLoc? Location(NetworkPortStatus port) => port.AddrInfoList.Select(a => a.Geo).FirstOrDefault(g => g.Ip.Length > 0) is not { } geo ? null : new()
    {
        UnderlayIP = geo.Ip, Hostname = geo.Hostname, City = geo.City, Country = geo.Country, Loc = geo.Loc, Org = geo.Org, Postal = geo.Postal,
    };
}
