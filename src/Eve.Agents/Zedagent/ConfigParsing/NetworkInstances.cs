using Eve.Topics;
using Common = Eve.Api.Common;
using Wire = Eve.Api.Config;

namespace Eve.Agents.Zedagent.ConfigParsing;

/// <summary>networkInstances.</summary>
internal static class NetworkInstances
{
    const string Section = "networkInstances";
    const int LargestVlan = 4094;

    public static ValueList<NetworkInstanceConfig> Parse(Wire.EdgeDevConfig config, ParseInputs inputs, Faults faults) =>
        faults.Unique(Section, config.NetworkInstances.Select(n => ToTopic(n, inputs, faults)).OfType<NetworkInstanceConfig>(), n => n.DisplayName);

    static NetworkInstanceConfig? ToTopic(Wire.NetworkInstanceConfig wire, ParseInputs inputs, Faults faults)
    {
        var name = Fields.Shown(wire.Displayname);
        if (!Fields.TryId(wire.Uuidandversion?.Uuid ?? "", out var id))
        {
            faults.Add(Section, "", name, $"network instance '{name}' has the id '{Fields.Shown(wire.Uuidandversion?.Uuid ?? "")}', which is no UUID; correct it");
            return null;
        }
        var errors = new List<string>();
        var type = (NetworkInstanceType)wire.InstType;
        var instance = new NetworkInstanceConfig(
            id,
            wire.Uuidandversion!.Version,
            wire.Displayname,
            type,
            wire.Activate,
            wire.Port?.Name ?? "",
            type == NetworkInstanceType.Switch ? AddressType.None : (AddressType)wire.IpType,
            PropagateConnRoutes: wire.PropagateConnectedRoutes,
            EnableFlowlog: !wire.DisableFlowlog,
            STPConfig: new(wire.Stp?.PortsWithBpduGuard ?? ""),
            ForwardLLDP: wire.ForwardLldp);
        CheckNames(wire, errors);
        if (type == NetworkInstanceType.Switch)
            instance = instance with { VlanAccessPorts = [.. VlanAccessPorts(wire, errors)] };
        if (instance.IpType != AddressType.None)
            instance = WithAddresses(instance, wire, errors);
        instance = instance with { MTU = Mtu(wire.Mtu, errors) };
        var notes = new List<string>();
        if (instance.IpType != AddressType.None)
            instance = instance with { DnsNameToIPList = DnsNames(wire.Dns, notes) };
        faults.Add(Section, instance.Key, name, notes);     // a name that cannot be answered does not stop the network
        faults.Add(Section, instance.Key, name, errors);
        return instance.With(Fields.Error(errors, inputs.Now));
    }

    /// <summary>A size that Linux and IPv6 can live with; 0 leaves it open.</summary>
    public static ushort Mtu(uint mtu, ICollection<string> errors)
    {
        if (mtu is 0 or (>= 1280 and <= ushort.MaxValue))
            return (ushort)mtu;
        errors.Add($"mtu {mtu} is too {(mtu < 1280 ? "small" : "large")}; use 1280 to 65535, or 0 for the default");
        return 0;
    }

    static void CheckNames(Wire.NetworkInstanceConfig wire, List<string> errors)
    {
        if (Fields.NameFault("network instance name", wire.Displayname) is { } name)
            errors.Add(name);
        if (Fields.NameFault("port", wire.Port?.Name ?? "") is { } port)
            errors.Add(port);
        if (Fields.NumberFault("instType", wire.InstType) is { } type)
            errors.Add(type);
        if (Fields.NumberFault("ipType", wire.IpType) is { } ipType)
            errors.Add(ipType);
    }

    static IEnumerable<VlanAccessPort> VlanAccessPorts(Wire.NetworkInstanceConfig wire, List<string> errors)
    {
        foreach (var port in wire.VlanAccessPorts)
        {
            if (port.VlanId is >= 1 and <= LargestVlan)
                yield return new((ushort)port.VlanId, port.AccessPort);
            else
                errors.Add($"access port '{Fields.Shown(port.AccessPort)}': VLAN {port.VlanId} does not exist; use 1 to {LargestVlan}");
        }
    }

    static NetworkInstanceConfig WithAddresses(NetworkInstanceConfig instance, Wire.NetworkInstanceConfig wire, List<string> errors)
    {
        var ip = new List<string>();
        instance = IpSpecs.Apply(instance, wire.Ip, ip);
        errors.AddRange(ip.Select(text => $"invalid IP configuration: {text}"));
        return instance with
        {
            StaticRoutes = [.. wire.StaticRoutes.Select(route => Routes.ToTopic(route, errors)).OfType<IPRouteConfig>()],
        };
    }

    /// <summary>Names that are to be answered locally; an unusable name or address is left out.</summary>
    public static ValueList<DNSNameToIP> DnsNames(IEnumerable<Common.ZnetStaticDNSEntry> entries, ICollection<string> errors)
    {
        var names = new List<DNSNameToIP>();
        foreach (var entry in entries)
        {
            if (Fields.HostNameFault("DNS name", entry.HostName) is { } fault)
            {
                errors.Add(fault);
                continue;
            }
            foreach (var bad in entry.Address.Where(a => !Fields.TryAddress(a, out _)))
                errors.Add($"DNS name '{entry.HostName}': '{Fields.Shown(bad)}' is no IP address; correct it");
            names.Add(new(entry.HostName, [.. entry.Address.Where(a => Fields.TryAddress(a, out _))]));
        }
        return [.. names];
    }
}
