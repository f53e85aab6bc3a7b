using System.Net;

namespace Eve.Agents.Zedrouter;

/// <summary>What is to be on the machine, from what was judged; and what of the rest stays although it is not intended: pure.</summary>
internal static class Intended
{
    /// <param name="folder">Where dnsmasq's files are.</param>
    /// <param name="user">Who dnsmasq runs as.</param>
    public static IReadOnlyList<NetworkItem> Items(
        Guid device, IReadOnlyList<Instance> instances, IReadOnlyList<AppNetwork> apps, bool clampMss, string folder, string user)
    {
        var items = new List<NetworkItem> { FilterFrame.Frame(clampMss) };
        foreach (var instance in instances.Where(i => i.Eligible))
        {
            var adapters = (from app in apps from adapter in app.Adapters where adapter.Instance.Id == instance.Id orderby app.Number, adapter.Vif select (adapter, app)).ToList();
            items.AddRange(OfInstance(device, instance, adapters, folder, user));
            items.AddRange(adapters.SelectMany(a => OfAdapter(a.adapter, a.app)));
        }
        return [.. items.DistinctBy(i => i.Id)];     // two ports in one subnet give one route
    }

    static IEnumerable<NetworkItem> OfInstance(Guid device, Instance instance, IReadOnlyList<(Adapter Adapter, AppNetwork App)> adapters, string folder, string user)
    {
        var (bridge, table) = (instance.Bridge, NetworkNames.Table(instance.Number));
        var addresses = adapters.Select(a => a.Adapter.Address).Concat(instance.Config.DnsNameToIPList.SelectMany(d => Instance.V4(d.IPs))).Select(a => a.ToString());
        yield return FilterFrame.Instance(bridge, instance.Ports.Select(p => p.IfName), !instance.OffersDefaultRoute, addresses);
        yield return new Bridge(bridge, instance.Id, Addressing.BridgeMac(device, instance.Number).ToString(), instance.Mtu);
        yield return new BridgeAddress(bridge, instance.Gateway, instance.Subnet.PrefixLength);
        yield return new NetworkRoute(bridge, table, instance.Subnet, bridge, null, instance.Gateway, false);
        foreach (var port in instance.Ports)
        {
            if (port.IPv4Subnet is { } net && net.TryGetNetwork(out var subnet) && subnet.BaseAddress.GetAddressBytes().Length == 4 && Instance.Addresses(port).FirstOrDefault() is { } source)
                yield return new NetworkRoute(bridge, table, subnet, port.IfName, null, source, false);
        }
        if (instance.Uplink is { } uplink)
            yield return new NetworkRoute(bridge, table, s_everywhere, uplink.IfName, Instance.Router(uplink), null, false);
        yield return new NetworkRoute(bridge, table, s_everywhere, null, null, null, Unreachable: true);
        yield return new TableRule(bridge, NetworkNames.FromBridge, bridge, null, table);
        yield return new TableRule(bridge, NetworkNames.ToSubnet, null, instance.Subnet, table);
        yield return Dnsmasq.Server(instance, adapters, folder, user);
    }

    static readonly IPNetwork s_everywhere = new(IPAddress.Any, 0);

    static IEnumerable<NetworkItem> OfAdapter(Adapter adapter, AppNetwork app)
    {
        ValueList<ValueList<string>> portMaps =
        [
            .. from rule in adapter.Rules
               where rule.Verdict == Verdict.PortMap
               select (ValueList<string>)[.. AppNetworks.Outside(adapter.Instance, rule).SelectMany(Instance.Addresses).Select(a => a.ToString()).Distinct()],
        ];
        yield return AclNft.Part(new(adapter.Vif, adapter.Instance.Bridge, adapter.Mac.ToString(), adapter.Address, adapter.Rules, portMaps));
        yield return new Vif(adapter.Vif, adapter.Instance.Bridge, app.Id, adapter.Mac.ToString(), adapter.Instance.Mtu);
    }

    /// <summary>Adds what is there and must stay: VIFs of apps that are not surely gone, bridges with VIFs, and those of network instances that are not surely gone.</summary>
    /// <param name="keepVif">Whether an app's VIF stays.</param>
    /// <param name="keepInstance">Whether a network instance stays, by its UUID.</param>
    /// <param name="parked">Its bridge and VIFs stay, without address and servers: another network has its addresses.</param>
    public static IReadOnlyList<NetworkItem> Keep(
        IReadOnlyList<NetworkItem> intended, IEnumerable<NetworkItem> actual, Func<Guid, bool> keepVif, Func<Guid, bool> keepInstance, Func<Guid, bool> parked)
    {
        var present = actual.ToList();
        var all = intended.ToDictionary(i => i.Id);
        var kept = present.OfType<Vif>().Where(v => !all.ContainsKey(v.Id) && keepVif(v.App)).ToList();
        foreach (var item in present.Where(i => kept.Any(v => v.Name == i.OfVif)))
            all.TryAdd(item.Id, item);
        foreach (var bridge in present.OfType<Bridge>().Where(b => !all.ContainsKey(b.Id)))
        {
            var used = kept.Any(v => v.Master == bridge.Name);
            if (!used && !keepInstance(bridge.Instance))
                continue;
            foreach (var item in present.Where(i => i.OfBridge == bridge.Name && i.OfVif.Length == 0 && (!parked(bridge.Instance) || i is Bridge or FilterPart)))
                all.TryAdd(item.Id, item);
        }
        foreach (var server in present.OfType<DnsmasqProcess>())
        {
            if (all.TryGetValue(server.Id, out var item) && item is DnsmasqProcess next)
                all[server.Id] = Merge(next, server, kept);
        }
        foreach (var part in present.OfType<FilterPart>().Where(p => NetworkNames.BridgeNumber(p.Name) > 0))
        {
            if (all.TryGetValue(part.Id, out var item) && item is FilterPart next)
                all[part.Id] = Merge(next, part, [.. all.Values.OfType<FilterPart>().Where(p => kept.Any(v => v.Name == p.OfVif))]);
        }
        return [.. all.Values];
    }

    // The addresses of kept VIFs stay among those of the network instance's apps.
    static FilterPart Merge(FilterPart next, FilterPart present, IReadOnlyList<FilterPart> kept)
    {
        var addresses = kept.SelectMany(p => p.Elements).Where(e => e.Set == "vif_ip4").Select(e => e.Key).ToList();
        var more = present.Elements.Where(e => e.Set == FilterFrame.AppsSet(next.Name) && addresses.Any(a => a.Contains(e.Key, StringComparison.Ordinal)));
        return NftWords.Part(next.Name, next.OfBridge, next.OfVif, next.Objects, next.Chains, [.. next.Elements, .. more]);
    }

    static DnsmasqProcess Merge(DnsmasqProcess next, DnsmasqProcess present, List<Vif> kept)
    {
        foreach (var vif in kept.Where(v => v.Master == next.Bridge))
        {
            if (present.Hosts.TryGetValue(vif.Name, out var host))
                next = next with { Hosts = next.Hosts.With(vif.Name, host) };
            if (present.Names.TryGetValue(vif.Name, out var name))
                next = next with { Names = next.Names.With(vif.Name, name) };
        }
        return next with { Running = true };
    }
}
