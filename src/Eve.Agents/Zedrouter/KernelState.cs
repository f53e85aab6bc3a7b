using System.Net.Sockets;
using Eve.Platform;

namespace Eve.Agents.Zedrouter;

/// <summary>Finds what is ours in what the kernel lists (networking.md 8): by group, alias, protocol and comment. Pure.</summary>
internal static class KernelState
{
    static readonly BridgePort s_guarded = new(Isolated: true, Guard: true, Learning: false, Flood: false, McastFlood: false, BcastFlood: false);

    public static IEnumerable<NetworkItem> Links(IReadOnlyList<Link> links, IReadOnlyList<FdbEntry> forwarding)
    {
        foreach (var link in links.Where(l => l.Group == NetworkNames.LinkGroup))
        {
            if (NetworkNames.BridgeNumber(link.Name) > 0 && Uuid(link.Alias, NetworkNames.InstanceAlias) is { } instance)
                yield return new Bridge(link.Name, instance, link.Mac, link.Up ? link.Mtu : 0);
            else if (NetworkNames.VifNumbers(link.Name).App > 0 && Uuid(link.Alias, NetworkNames.VifAlias) is { } app)
                yield return new Vif(link.Name, link.Master ?? "", app, link.Port == s_guarded ? Mac(link, forwarding) : "", link.Up ? link.Mtu : 0);
        }
    }

    public static IEnumerable<NetworkItem> Addresses(IReadOnlyList<LinkAddress> addresses) => addresses
        .Where(a => NetworkNames.BridgeNumber(a.Link) > 0 && a.Address.AddressFamily == AddressFamily.InterNetwork)
        .GroupBy(a => a.Link).Select(g => new BridgeAddress(g.Key, g.First().Address, g.First().PrefixLength));

    public static IEnumerable<NetworkItem> Routes(IReadOnlyList<Route> routes) =>
        from route in routes
        let bridge = NetworkNames.BridgeOfTable(route.Table)
        where route.Protocol == NetworkNames.RouteProtocol && bridge.Length > 0
        select route.Type == RouteType.Unreachable
            ? new NetworkRoute(bridge, route.Table, route.Destination, null, null, null, Unreachable: true)
            : new NetworkRoute(bridge, route.Table, route.Destination, route.Link, route.Gateway, route.Source, Unreachable: false);

    public static IEnumerable<NetworkItem> Rules(IReadOnlyList<RouteRule> rules) =>
        from rule in rules
        let bridge = NetworkNames.BridgeOfTable(rule.Table)
        where rule.Protocol == NetworkNames.RouteProtocol && bridge.Length > 0
        select new TableRule(bridge, rule.Priority, rule.Iif, rule.To, rule.Table);

    /// <summary>The parts of the packet filter; their chains have digests but no rules.</summary>
    public static IEnumerable<NetworkItem> Filter(IEnumerable<NftTable> tables)
    {
        var (objects, chains, elements) = (new List<(string Owner, FilterObject)>(), new List<(string Owner, FilterChain)>(), new List<(string Owner, FilterElement)>());
        var bridges = new Dictionary<string, string>();
        foreach (var table in tables)
        {
            chains.AddRange(table.Chains.Select(c => (Owner(c.Key), new FilterChain(table.Family, c.Key, Digest(c.Value), "", []))));
            objects.AddRange(table.Counters.Keys.Select(c => (Owner(c), new FilterObject("counter", table.Family, c))));
            objects.AddRange(table.Sets.Values.Select(s => (Owner(s.Name), new FilterObject(s.IsMap ? "map" : "set", table.Family, s.Name))));
            foreach (var set in table.Sets.Values.Where(s => !s.Name.StartsWith("h4_", StringComparison.Ordinal)))
            {
                foreach (var element in set.Elements.Values.Select(e => new FilterElement(table.Family, set.Name, e.Key, e.Value ?? "")))
                {
                    var owner = Owner(set.Name) is not FilterPart.Frame and var bridge ? bridge : ElementOwner(element);
                    elements.Add((owner, element));
                    if (element.Set == "ingress4")
                        bridges[owner] = First(element.Key);
                }
            }
        }
        var owners = objects.Select(o => o.Owner).Concat(chains.Select(c => c.Owner)).Concat(elements.Select(e => e.Owner)).Distinct();
        return owners.Select(owner => NftWords.Part(
            owner,
            NetworkNames.BridgeNumber(owner) > 0 ? owner : bridges.GetValueOrDefault(owner, ""),
            NetworkNames.VifNumbers(owner).App > 0 ? owner : "",
            objects.Where(o => o.Owner == owner).Select(o => o.Item2),
            chains.Where(c => c.Owner == owner).Select(c => c.Item2),
            elements.Where(e => e.Owner == owner).Select(e => e.Item2)));
    }

    // Chains, sets and counters carry a name in their own: e_nbu1x1, p_nbu1x1_0, tx_drop_nbu1x1, eids_bn1.
    static string Owner(string name) => name.Split('_').FirstOrDefault(w => NetworkNames.BridgeNumber(w) > 0 || NetworkNames.VifNumbers(w).App > 0) ?? FilterPart.Frame;

    // Elements do so by their key (that of vif_mac begins with the VIF), or by the chain that they jump to.
    static string ElementOwner(FilterElement element) => element.Value.Contains("target", StringComparison.Ordinal)
        ? Owner(element.Value.Split('"').FirstOrDefault(w => Owner(w) != FilterPart.Frame) ?? "")
        : Owner(First(element.Key));

    static string First(string key) => key.Split('"').FirstOrDefault(w => Owner(w) != FilterPart.Frame) ?? "";

    static string Digest(IReadOnlyList<NftRule> rules)
    {
        var comment = rules.Count > 0 ? rules[^1].Comment : "";
        var at = comment.LastIndexOf("end ", StringComparison.Ordinal);
        return at < 0 ? "" : comment[(at + 4)..];
    }

    static string Mac(Link link, IReadOnlyList<FdbEntry> forwarding) =>
        forwarding.Where(f => f.Link == link.Name && f.Master == link.Master && f.State == "static").Select(f => f.Mac).FirstOrDefault() ?? "";

    static Guid? Uuid(string alias, string prefix) => alias.StartsWith(prefix, StringComparison.Ordinal) && Guid.TryParse(alias.AsSpan(prefix.Length), out var uuid) ? uuid : null;
}
