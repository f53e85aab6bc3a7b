namespace Eve.Agents.Zedrouter;

/// <summary>
/// The frame of the packet filter (networking.md 3): <c>bridge eve</c> knows who sends and drops who pretends to be another, <c>inet eve</c> filters, translates and counts.
/// VIFs and network instances hang themselves into its maps. Behind each map stands a drop: what is not known does not pass.
/// </summary>
internal static class FilterFrame
{
    public const string SpoofCounter = "spoof";
    public const int MetadataPort = 8880;

    const string Metadata = "169.254.169.254";
    const uint DnsRule = 7;
    const uint MetadataRule = 11;

    static readonly string s_fromBridge = NftWords.Is(NftWords.IifName, """ "@bridges" """.Trim());
    static readonly string s_toBridge = NftWords.Is(NftWords.OifName, """ "@bridges" """.Trim());
    static readonly string s_toMetadata = NftWords.Is(NftWords.Field("ip", "daddr"), NftWords.Text(Metadata));
    static readonly string s_originallyMetadata = NftWords.Is("""{"ct":{"key":"ip daddr","dir":"original"}}""", NftWords.Text(Metadata));
    static readonly string s_isApp = NftWords.IsNot(NftWords.AppOfMark, "0");
    static readonly string s_portMap = NftWords.Concat(NftWords.Field("ip", "daddr"), NftWords.L4Protocol, NftWords.Field("th", "dport"));

    public static string AppsSet(string bridge) => "eids_" + bridge;

    public static FilterPart Frame(bool clampMss) => NftWords.Part(FilterPart.Frame, "", "", Objects(), [.. Guard(), .. Egress(), .. Ingress(), .. Translation(), .. Device(), .. Clamp(clampMss)], []);

    /// <summary>What one network instance adds.</summary>
    /// <param name="ports">The interfaces it may leave by.</param>
    /// <param name="withoutRoute">Its apps have no default route: who comes by a port map must look like the gateway to be answered.</param>
    public static FilterPart Instance(string bridge, IEnumerable<string> ports, bool withoutRoute, IEnumerable<string> addresses) => NftWords.Part(
        bridge, bridge, "",
        [new("set", "inet", AppsSet(bridge), """ "type":"ipv4_addr" """.Trim())],
        [],
        [
            new("inet", "bridges", NftWords.Text(bridge)),
            .. ports.Select(port => new FilterElement("inet", "masq", NftWords.Concat(NftWords.Text(bridge), NftWords.Text(port)))),
            .. withoutRoute ? new FilterElement[] { new("inet", "routeless", NftWords.Text(bridge)) } : [],
            .. addresses.Select(address => new FilterElement("inet", AppsSet(bridge), NftWords.Text(address))),
        ]);

    static IEnumerable<FilterObject> Objects() =>
    [
        new("map", "bridge", "vif_mark", """ "type":"ifname","map":"mark" """.Trim()),
        new("set", "bridge", "vif_mac", """ "type":["ifname","ether_addr"] """.Trim()),
        new("set", "bridge", "vif_ip4", """ "type":["ifname","ether_addr","ipv4_addr"] """.Trim()),
        new("counter", "bridge", SpoofCounter),
        new("set", "inet", "bridges", """ "type":"ifname" """.Trim()),
        new("set", "inet", "masq", """ "type":["ifname","ifname"] """.Trim()),
        new("set", "inet", "routeless", """ "type":"ifname" """.Trim()),
        new("map", "inet", "egress", """ "type":"mark","map":"verdict" """.Trim()),
        new("map", "inet", "ingress4", """ "type":["ifname","ipv4_addr"],"map":"verdict" """.Trim()),
        new("map", "inet", "portmap", """ "type":["ipv4_addr","inet_proto","inet_service"],"map":"verdict" """.Trim()),
    ];

    static IEnumerable<FilterChain> Guard()
    {
        var hardware = NftWords.Concat(NftWords.IifName, NftWords.Field("ether", "saddr"));
        var sender = NftWords.Concat(NftWords.IifName, NftWords.Field("ether", "saddr"), NftWords.Field("ip", "saddr"));
        var arpHardware = NftWords.Concat(NftWords.IifName, NftWords.Field("arp", "saddr ether"));
        var arpSender = NftWords.Concat(NftWords.IifName, NftWords.Field("arp", "saddr ether"), NftWords.Field("arp", "saddr ip"));
        yield return NftWords.Chain("bridge", "prerouting", [Rule(NftWords.Is(NftWords.IifName, NftWords.Text("nbu*")), NftWords.JumpTo("guard"))], Hook("filter", "prerouting", -300));
        yield return NftWords.Chain("bridge", "guard",
        [
            Rule("""{"mangle":{"key":{"meta":{"key":"mark"}},"value":{"map":{"key":{"meta":{"key":"iifname"}},"data":"@vif_mark"}}}}"""),
            Rule(NftWords.IsNot(hardware, NftWords.Text("@vif_mac")), NftWords.Count(SpoofCounter), NftWords.Drop),
            Rule(EtherType("arp"), NftWords.Is(arpSender, NftWords.Text("@vif_ip4")), NftWords.Accept),
            Rule(EtherType("arp"), NftWords.Is(NftWords.Field("arp", "saddr ip"), NftWords.Text("0.0.0.0")), NftWords.Is(arpHardware, NftWords.Text("@vif_mac")), NftWords.Accept),
            Rule(EtherType("ip"), NftWords.Is(sender, NftWords.Text("@vif_ip4")), NftWords.Accept),
            Rule(EtherType("ip"), NftWords.Is(NftWords.Field("ip", "saddr"), NftWords.Text("0.0.0.0")), NftWords.Is(NftWords.Field("udp", "sport"), "68"), NftWords.Is(NftWords.Field("udp", "dport"), "67"), NftWords.Accept),
            Rule(EtherType("ip6"), NftWords.Is(NftWords.Field("ip6", "saddr"), """{"prefix":{"addr":"fe80::","len":10}}"""), NftWords.Accept),
            Rule(EtherType("ip6"), NftWords.Is(NftWords.Field("ip6", "saddr"), NftWords.Text("::")), NftWords.Is(NftWords.Field("icmpv6", "type"), """{"set":["nd-neighbor-solicit","nd-router-solicit"]}"""), NftWords.Accept),
            Rule(NftWords.Count(SpoofCounter), NftWords.Drop),
        ]);
    }

    static IEnumerable<FilterChain> Egress()
    {
        yield return NftWords.Chain("inet", "prerouting", [Rule(s_fromBridge, NftWords.JumpTo("from_app"))], Hook("filter", "prerouting", -150));
        yield return NftWords.Chain("inet", "from_app",
        [
            Rule(NftWords.Established, NftWords.Accept),
            Rule(NftWords.Invalid, NftWords.Drop),
            Rule(NftWords.Is(NftWords.Field("udp", "sport"), "68"), NftWords.Is(NftWords.Field("udp", "dport"), "67"), NftWords.Accept),
            Rule(s_toMetadata, NftWords.Is(NftWords.Field("tcp", "dport"), "80"), NftWords.SetOwnMark(MetadataRule), NftWords.Accept),
            Rule(
                NftWords.Is(NftWords.L4Protocol, """{"set":["tcp","udp"]}"""), NftWords.Is(NftWords.Field("th", "dport"), "53"),
                NftWords.Is("""{"fib":{"result":"type","flags":["daddr"]}}""", NftWords.Text("local")), NftWords.SetOwnMark(DnsRule), NftWords.Accept),
            Rule(NftWords.Lookup(NftWords.AppOfMark, "egress")),
            Rule(NftWords.Drop),
        ]);
    }

    static IEnumerable<FilterChain> Ingress()
    {
        yield return NftWords.Chain("inet", "forward", [Rule(s_toBridge, NftWords.JumpTo("to_app"))], Hook("filter", "forward", 0));
        yield return NftWords.Chain("inet", "to_app",
        [
            Rule(NftWords.Established, NftWords.Accept),
            Rule(NftWords.Is(NftWords.Field("udp", "sport"), "67"), NftWords.Is(NftWords.Field("udp", "dport"), "68"), NftWords.Accept),
            Rule(NftWords.Lookup(NftWords.Concat(NftWords.OifName, NftWords.Field("ip", "daddr")), "ingress4")),
            Rule(NftWords.Drop),
        ]);
    }

    static IEnumerable<FilterChain> Translation()
    {
        yield return NftWords.Chain("inet", "dstnat",
        [
            Rule(s_toMetadata, NftWords.Is(NftWords.Field("tcp", "dport"), "80"), NftWords.JumpTo("metadata_nat")),
            Rule(NftWords.Lookup(s_portMap, "portmap")),
        ], Hook("nat", "prerouting", -100));
        yield return NftWords.Chain("inet", "metadata_nat", [Rule(s_fromBridge, NftWords.L4("tcp"), NftWords.Redirect(MetadataPort))]);
        yield return NftWords.Chain("inet", "output_nat", [Rule(NftWords.Lookup(s_portMap, "portmap"))], Hook("nat", "output", -100));
        yield return NftWords.Chain("inet", "srcnat",
        [
            Rule(NftWords.Is(NftWords.Concat(NftWords.IifName, NftWords.OifName), NftWords.Text("@masq")), NftWords.Masquerade),
            Rule(NftWords.Translated, NftWords.Is(NftWords.OifName, NftWords.Text("@routeless")), NftWords.Masquerade),
        ], Hook("nat", "postrouting", 100));
    }

    static IEnumerable<FilterChain> Device()
    {
        yield return NftWords.Chain("inet", "input",
        [
            Rule(NftWords.Is(NftWords.Field("tcp", "dport"), $"{MetadataPort}"), NftWords.JumpTo("metadata_in")),
            Rule(s_fromBridge, NftWords.JumpTo("to_device")),
        ], Hook("filter", "input", 0));
        yield return NftWords.Chain("inet", "metadata_in", [Rule(s_originallyMetadata, s_isApp, NftWords.Accept), Rule(NftWords.Drop)]);
        yield return NftWords.Chain("inet", "to_device",
        [
            Rule(NftWords.Established, NftWords.Accept),
            Rule(s_originallyMetadata, NftWords.Accept),
            Rule(NftWords.Is(NftWords.Field("udp", "dport"), """{"set":[53,67]}"""), NftWords.Accept),
            Rule(NftWords.Is(NftWords.Field("tcp", "dport"), "53"), NftWords.Accept),
            Rule(NftWords.Is(NftWords.L4Protocol, """{"set":["icmp","ipv6-icmp"]}"""), NftWords.Accept),
            Rule(NftWords.Drop),
        ]);
        yield return NftWords.Chain("inet", "output", [Rule(s_toBridge, NftWords.Is(NftWords.Field("icmpv6", "type"), NftWords.Text("nd-redirect")), NftWords.Drop)], Hook("filter", "output", 0));
    }

    // Without, large packets of TCP get lost where the way out has a smaller MTU than the app was told.
    static IEnumerable<FilterChain> Clamp(bool clampMss)
    {
        if (!clampMss)
            yield break;
        var syn = NftWords.Is("""{"&":[{"payload":{"protocol":"tcp","field":"flags"}},["syn","rst"]]}""", NftWords.Text("syn"));
        const string Set = """{"mangle":{"key":{"tcp option":{"name":"maxseg","field":"size"}},"value":{"rt":{"key":"mtu"}}}}""";
        yield return NftWords.Chain("inet", "mss",
        [
            Rule(NftWords.Is(NftWords.Concat(NftWords.IifName, NftWords.OifName), NftWords.Text("@masq")), syn, Set),
            Rule(NftWords.Is(NftWords.Concat(NftWords.OifName, NftWords.IifName), NftWords.Text("@masq")), syn, Set),
        ], Hook("filter", "forward", -150));
    }

    static string EtherType(string type) => NftWords.Is(NftWords.Field("ether", "type"), NftWords.Text(type));

    static FilterRule Rule(params IEnumerable<string> parts) => new(NftWords.All(parts));

    static string Hook(string type, string hook, int priority) => $"\"type\":\"{type}\",\"hook\":\"{hook}\",\"prio\":{priority},\"policy\":\"accept\"";
}
