using System.Net;
using Eve.Topics;
using Google.Protobuf.WellKnownTypes;
using Wire = Eve.Api.Config;

namespace Eve.Agents.Zedagent.ConfigParsing;

/// <summary>systemAdapterList: the device's ports (configuration.md 13).</summary>
internal static class SystemAdapters
{
    const string Section = "systemAdapterList";

    public static DevicePortConfig Parse(
        Wire.EdgeDevConfig config, PhysicalIOAdapterList ios, ValueList<NetworkXObjectConfig> networks, ParseInputs inputs, Faults faults)
    {
        var submitted = config.ConfigTimestamp?.ToDateTimeOffset() ?? inputs.Now;
        var pass = new Pass(config, ios, networks, inputs, new PortConfigSource(inputs.Origin, submitted));
        var failures = new List<string>();
        var ports = new List<NetworkPortConfig>();
        foreach (var adapter in config.SystemAdapterList)
        {
            if (Port(adapter, pass, failures) is { } port)
                ports.Add(port);
        }
        var judged = PortChecks.Apply(ports, inputs.Now);
        foreach (var port in judged.Where(p => p.LastError.Length > 0))
            faults.Add(Section, "", Fields.Shown(port.Logicallabel), $"adapter '{Fields.Shown(port.Logicallabel)}': {port.LastError}");
        foreach (var text in failures)
            faults.Add(Section, "", "", text);
        var error = PortChecks.WholeError(judged, failures);
        return new(
            pass.Managed ? DevicePortConfigVersion.IsMgmt : DevicePortConfigVersion.Initial,
            inputs.Origin == NetworkConfigOrigin.Bootstrap ? "bootstrap" : "",
            submitted,
            LastFailed: error.Length > 0 ? inputs.Now : default(GoTime),
            LastError: error,
            Ports: [.. judged]);
    }

    static NetworkPortConfig? Port(Wire.SystemAdapter adapter, Pass pass, List<string> failures)
    {
        var below = adapter.LowerLayerName.Length > 0 ? adapter.LowerLayerName : adapter.Name;
        var found = pass.Ios.AdapterList.Where(io => io.Logicallabel == below).ToList();
        var what = $"adapter '{Fields.Shown(adapter.Name)}'";
        var failure = found switch
        {
            _ when Fields.NameFault("adapter name", adapter.Name) is { } name => name,
            [] when pass.Config.Bonds.Any(b => b.Logicallabel == below) || pass.Config.Vlans.Any(v => v.Logicallabel == below) =>
                $"{what} is left out: it is on '{Fields.Shown(below)}', a bond or VLAN, which this device does not support yet; put it on a physical adapter",
            [] => $"{what} is left out: missing lower-layer adapter '{Fields.Shown(below)}'; add it to deviceIoList or correct lowerLayerName",
            [var io] when !io.IsNet() => $"{what} is left out: '{Fields.Shown(below)}' is no network adapter (type {io.Ptype:D}); name another one",
            [_] => null,
            _ => $"{what} is left out: multiple adapters are called '{Fields.Shown(below)}'; give each a logicallabel of its own",
        };
        if (failure is null)
            return L3Port(adapter, found[0], pass);
        failures.Add(failure);
        return null;
    }

    static NetworkPortConfig L3Port(Wire.SystemAdapter adapter, PhysicalIOAdapter io, Pass pass)
    {
        var errors = new List<string>();
        var isMgmt = !pass.Managed || adapter.Uplink;
        var ifName = IfName(io);
        if (Fields.InterfaceNameFault("interface name", ifName) is { } fault)
            errors.Add(fault);
        var port = new NetworkPortConfig(
            ifName, io.Phyaddr.UsbAddr, io.Phyaddr.PciLong, io.Phylabel, adapter.Name,
            [.. adapter.SharedLabels],
            adapter.Alias, adapter.AllowLocalModifications,
            IsMgmt: isMgmt,
            IsL3Port: true,
            Cost: Cost(adapter, io, pass),
            ConfigSource: pass.Source);
        port = WithNetwork(port, adapter, pass, errors);
        if (port.WirelessCfg.WType == WirelessType.None && io.Ptype is PhyIoType.NetWlan or PhyIoType.NetWwan)
            port = port with { WirelessCfg = port.WirelessCfg with { WType = io.Ptype == PhyIoType.NetWlan ? WirelessType.Wifi : WirelessType.Cellular } };
        return PortChecks.Blame(port, errors, pass.Inputs.Now);
    }

    static string IfName(PhysicalIOAdapter io) => io switch
    {
        { Phyaddr.Ifname.Length: > 0 } => io.Phyaddr.Ifname,
        { Ptype: PhyIoType.NetWwan } when io.Phyaddr.UsbAddr.Length + io.Phyaddr.PciLong.Length > 0 => "",
        { Logicallabel.Length: > 0 } => io.Logicallabel,
        _ => io.Phylabel,
    };

    // Controllers from before there were costs mark what is free.
    static byte Cost(Wire.SystemAdapter adapter, PhysicalIOAdapter io, Pass pass) => adapter.Cost switch
    {
        _ when !pass.Managed => 0,
        0 when !adapter.FreeUplink && !io.UsagePolicy.FreeUplink && pass.Ios.AdapterList.Any(other => other.UsagePolicy.FreeUplink) => 1,
        var cost => (byte)Math.Min(cost, byte.MaxValue),
    };

    static NetworkPortConfig WithNetwork(NetworkPortConfig port, Wire.SystemAdapter adapter, Pass pass, List<string> errors)
    {
        var hasNetwork = adapter.NetworkUUID.Length > 0 && !(Guid.TryParse(adapter.NetworkUUID, out var id) && id == Guid.Empty);
        if (!hasNetwork)
        {
            if (!port.IsMgmt)
                return port with { Dhcp = DhcpType.None };
            errors.Add("a management port needs a network; set networkUUID");
            return port;
        }
        var network = pass.Networks.FirstOrDefault(n => n.Key.Equals(adapter.NetworkUUID, StringComparison.OrdinalIgnoreCase));
        if (network is null)
        {
            errors.Add($"network '{Fields.Shown(adapter.NetworkUUID)}' is unknown; add it to networks or correct networkUUID");
            return port;
        }
        port = (port with
        {
            NetworkUUID = network.UUID,
            WirelessCfg = network.WirelessCfg,
            MTU = network.MTU,
            IgnoreDhcpIPAddresses = network.IgnoreDhcpIPAddresses,
            IgnoreDhcpGateways = network.IgnoreDhcpGateways,
            IgnoreDhcpDNSConfig = network.IgnoreDhcpDNSConfig,
            IgnoreDhcpNtpServers = network.IgnoreDhcpNtpServers,
        })
        .With(new DhcpConfig(network.Dhcp, AddrSubnet(adapter, network, errors), network.Gateway, network.DomainName, network.NTPServers, network.DNSServers, network.Type))
        .With(network.Proxy ?? new());
        if (network.Error.Length > 0)
            errors.Add($"network {network.Key} has an error: {network.Error}");
        else if (DhcpFault(port, adapter.Addr) is { } fault)
            errors.Add(fault);
        return port;
    }

    static string AddrSubnet(Wire.SystemAdapter adapter, NetworkXObjectConfig network, List<string> errors)
    {
        if (adapter.Addr.Length == 0)
            return "";
        if (!Fields.TryAddress(adapter.Addr, out var address))
            errors.Add($"addr '{Fields.Shown(adapter.Addr)}' is no IP address; correct it");
        else if (network.Subnet is not { } subnet)
            errors.Add($"addr {address} cannot be used: network {network.Key} has no subnet; add one");
        else
            return $"{address}/{subnet.PrefixLength}";
        return "";
    }

    static string? DhcpFault(NetworkPortConfig port, string addr) => port.Dhcp switch
    {
        DhcpType.Static when addr.Length == 0 => "a port with dhcp Static needs an address; set addr",
        DhcpType.Static or DhcpType.Client => null,
        DhcpType.None when !port.IsMgmt => null,
        DhcpType.None => "a management port needs an address; use dhcp Client, or Static with addr",
        _ => $"dhcp {port.Dhcp:D} is not supported by this device; use 1 (Static), 2 (None) or 4 (Client)",
    };

    sealed record Pass(
        Wire.EdgeDevConfig Config, PhysicalIOAdapterList Ios, ValueList<NetworkXObjectConfig> Networks, ParseInputs Inputs, PortConfigSource Source)
    {
        // Old controllers mark no adapter: then all of them are for management.
        public bool Managed { get; } = Config.SystemAdapterList.Any(a => a.Uplink);
    }
}
