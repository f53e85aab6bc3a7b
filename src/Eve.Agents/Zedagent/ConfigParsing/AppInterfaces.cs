using Eve.Topics;
using Wire = Eve.Api.Config;

namespace Eve.Agents.Zedagent.ConfigParsing;

/// <summary>An app's network interfaces and their access lists (configuration.md 7.1, 7.2).</summary>
internal static class AppInterfaces
{
    public static ValueList<AppNetAdapterConfig> Parse(Wire.AppInstanceConfig wire, ValueList<NetworkInstanceConfig> instances, List<string> errors)
    {
        var enforced = wire.Fixedresources?.EnforceNetworkInterfaceOrder ?? false;
        var sorted = wire.Interfaces.Select(i => Interface(i, enforced, instances, errors)).OrderBy(i => i.IntfOrder).ToList();
        var seen = new Dictionary<Guid, uint>();
        for (var i = 0; i < sorted.Count; i++)
        {
            var index = seen.GetValueOrDefault(sorted[i].Network);
            sorted[i] = sorted[i] with { IfIdx = index };
            seen[sorted[i].Network] = index + 1;
        }
        return [.. sorted];
    }

    /// <summary>With an enforced order, no two may have the same place.</summary>
    public static void CheckOrder(AppInstanceConfig app, Wire.AppInstanceConfig wire, List<string> errors)
    {
        if (wire.Fixedresources is not { EnforceNetworkInterfaceOrder: true })
            return;
        var places = app.AppNetAdapterList.Select(a => (a.IntfOrder, a.Name))
            .Concat(app.IoAdapterList.Where(a => AppReferences.IsNet(a.Type)).Select(a => (a.IntfOrder, a.Name)));
        foreach (var place in places.GroupBy(p => p.IntfOrder).Where(group => group.Count() > 1))
            errors.Add($"interfaces {string.Join(" and ", place.Select(p => $"'{Fields.Shown(p.Name)}'"))} have the same interface_order {place.Key}; give each one of its own");
    }

    static AppNetAdapterConfig Interface(Wire.NetworkAdapter wire, bool enforced, ValueList<NetworkInstanceConfig> instances, List<string> errors)
    {
        var fault = "";
        var network = Guid.TryParse(wire.NetworkId, out var id) ? id : Guid.Empty;
        if (!instances.Any(n => n.UUID == network))
            fault = $"network instance '{Fields.Shown(wire.NetworkId)}' is unknown; add it to networkInstances or correct networkId";
        else if (!MacAddress.TryParse(wire.MacAddress, out _))
            fault = $"macAddress '{Fields.Shown(wire.MacAddress)}' is no hardware address; give one such as 02:16:3e:00:00:01, or none";
        else if (wire.Addr.Length > 0 && !Fields.TryAddress(wire.Addr, out _))
            fault = $"addr '{Fields.Shown(wire.Addr)}' is no IP address; correct it, or give none";
        else if (wire.Addr.Contains(':'))
            fault = $"addr '{Fields.Shown(wire.Addr)}': a fixed IPv6 address is not yet supported; give an IPv4 address, or none";
        if (Fields.NameFault("interface name", wire.Name) is { } name)
            fault = fault.Length > 0 ? $"{fault}\n{name}" : name;
        var bad = fault.Length > 0;
        if (bad)
            fault = $"interface '{Fields.Shown(wire.Name)}': {fault}";
        if (bad)
            errors.Add(fault);
        return new(
            wire.Name,
            MacAddress.TryParse(wire.MacAddress, out var mac) ? mac : default,
            Fields.TryAddress(wire.Addr, out var address) && address.IsIPv4() ? address.ToString() : "",
            enforced ? wire.InterfaceOrder : (uint)(wire.Acls.FirstOrDefault(a => a.Id > 0)?.Id ?? 0),
            fault,
            network,
            bad ? default : [.. wire.Acls.Select(Ace)],
            wire.AccessVlanId,
            AllowToDiscover: wire.AllowToDiscover);
    }

    // zedrouter judges what the rules say.
    static ACE Ace(Wire.ACE ace) => new(
        [.. ace.Matches.Select(m => new ACEMatch(m.Type, m.Value))],
        [.. ace.Actions.Select(a => new ACEAction(a.Drop, a.Limit, (int)a.Limitrate, a.Limitunit, (int)a.Limitburst, a.Portmap, (int)a.AppPort))],
        ace.Name,
        ace.Id,
        (ACEDirection)ace.Dir);
}
