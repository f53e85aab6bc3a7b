using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Eve.Agents.Zedrouter;

/// <summary>What the packet filter needs to know of one VIF.</summary>
/// <param name="PortMaps">The device's addresses at which each port map answers, one entry for each port map of <paramref name="Rules"/> in their order.</param>
internal sealed record VifFilter(
    string Vif, string Bridge, string Mac, IPAddress Address, ValueList<AclRule> Rules, ValueList<ValueList<string>> PortMaps);

/// <summary>One VIF's share of the packet filter (networking.md 3): who it is, a chain for what it sends, one for what it gets, one a port map. Pure.</summary>
internal static class AclNft
{
    public static FilterPart Part(VifFilter vif)
    {
        var mark = NetworkNames.PacketMark(vif.Vif).ToString(CultureInfo.InvariantCulture);
        var objects = new List<FilterObject> { new("counter", "inet", Dropped("tx", vif.Vif)), new("counter", "inet", Dropped("rx", vif.Vif)) };
        objects.AddRange(vif.Rules.Select(r => r.Host).OfType<string>().Distinct().Select(h => new FilterObject("set", "inet", HostSet(vif.Vif, h), NftWords.HostSetForm)));
        var chains = new List<FilterChain>
        {
            NftWords.Chain("inet", "e_" + vif.Vif, [.. vif.Rules.Where(r => r.Verdict != Verdict.PortMap).Select(r => Egress(r, vif)), End("tx", vif.Vif)]),
            NftWords.Chain("inet", "i_" + vif.Vif, [.. vif.Rules.SelectMany(r => Ingress(r, vif)), End("rx", vif.Vif)]),
        };
        var elements = new List<FilterElement>
        {
            new("bridge", "vif_mark", NftWords.Text(vif.Vif), mark),
            new("bridge", "vif_mac", NftWords.Concat(NftWords.Text(vif.Vif), NftWords.Text(vif.Mac))),
            new("bridge", "vif_ip4", NftWords.Concat(NftWords.Text(vif.Vif), NftWords.Text(vif.Mac), NftWords.Text(vif.Address.ToString()))),
            new("inet", "egress", mark, NftWords.JumpTo("e_" + vif.Vif)),
            new("inet", "ingress4", NftWords.Concat(NftWords.Text(vif.Bridge), NftWords.Text(vif.Address.ToString())), NftWords.JumpTo("i_" + vif.Vif)),
        };
        foreach (var (rule, index) in vif.Rules.Where(r => r.Verdict == Verdict.PortMap).Select((r, i) => (r, i)))
        {
            var chain = string.Create(CultureInfo.InvariantCulture, $"p_{vif.Vif}_{index}");
            chains.Add(NftWords.Chain("inet", chain, [Translate(rule, vif)]));
            elements.AddRange(vif.PortMaps[index].Select(address => new FilterElement(
                "inet", "portmap", NftWords.Concat(NftWords.Text(address), NftWords.Text(rule.Protocol!), $"{rule.LocalPort!.Value.First}"), NftWords.JumpTo(chain))));
        }
        return NftWords.Part(vif.Vif, vif.Bridge, vif.Vif, objects, chains, elements);
    }

    public static string Dropped(string direction, string vif) => $"{direction}_drop_{vif}";

    /// <summary>The set that dnsmasq fills with the addresses of a host name.</summary>
    public static string HostSet(string vif, string host) =>
        $"h4_{vif}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(host)).AsSpan(0, 4))}";

    static FilterRule Egress(AclRule rule, VifFilter vif)
    {
        var set = rule.Host is { } host ? HostSet(vif.Vif, host) : rule.Apps ? FilterFrame.AppsSet(vif.Bridge) : null;
        List<string> parts = [.. Remote(rule, set, "daddr"), .. Ports(rule, rule.RemotePort, "dport"), .. Ports(rule, rule.LocalPort, "sport"), .. Protocol(rule)];
        if (rule.Host is not null)
            parts.Add(NftWords.Update(set!, "daddr"));
        parts.AddRange(rule.Verdict == Verdict.Drop
            ? [NftWords.Count(Dropped("tx", vif.Vif)), NftWords.Drop]
            : [NftWords.SetFlowMark(NetworkNames.FlowMark(vif.Vif, rule.Id)), NftWords.Accept]);
        return new(NftWords.All(parts), rule.Id);
    }

    static IEnumerable<FilterRule> Ingress(AclRule rule, VifFilter vif)
    {
        var set = rule.Host is { } host ? HostSet(vif.Vif, host) : rule.Apps ? FilterFrame.AppsSet(vif.Bridge) : null;
        List<string> parts = [.. Remote(rule, set, "saddr"), .. Ports(rule, rule.RemotePort, "sport")];
        if (rule.Verdict == Verdict.PortMap)
        {
            parts =
            [
                NftWords.L4(rule.Protocol!), .. parts, NftWords.Translated, NftWords.OriginalPort(rule.LocalPort!.Value.First),
                .. Ports(rule, new PortRange(rule.TargetPort, rule.TargetPort), "dport"),
            ];
        }
        else
        {
            parts = [.. parts, .. Ports(rule, rule.LocalPort, "dport"), .. Protocol(rule)];
        }
        if (rule.Verdict == Verdict.Drop)
        {
            yield return new(NftWords.All([.. parts, NftWords.Count(Dropped("rx", vif.Vif)), NftWords.Drop]), rule.Id);
            yield break;
        }
        // Between two apps the flow keeps the mark of the one that began it.
        yield return new(NftWords.All([.. parts, NftWords.Unmarked, NftWords.SetFlowMark(NetworkNames.FlowMark(vif.Vif, rule.Id)), NftWords.Accept]), rule.Id);
        yield return new(NftWords.All([.. parts, NftWords.Accept]), rule.Id);
    }

    static FilterRule Translate(AclRule rule, VifFilter vif) => new(
        NftWords.All([NftWords.L4(rule.Protocol!), .. Remote(rule, null, "saddr"), .. Ports(rule, rule.RemotePort, "sport"), NftWords.TranslateTo(vif.Address.ToString(), rule.TargetPort)]),
        rule.Id);

    static FilterRule End(string direction, string vif) => new(NftWords.All([NftWords.Count(Dropped(direction, vif)), NftWords.Drop]));

    static IEnumerable<string> Remote(AclRule rule, string? set, string side)
    {
        if (rule.Remote is { PrefixLength: > 0 } network)
            yield return NftWords.Address(side, network);
        if (set is not null)
            yield return NftWords.AddressIn(side, set);
    }

    static IEnumerable<string> Ports(AclRule rule, PortRange? range, string side) => range is { } ports ? [NftWords.Port(rule.Protocol!, side, ports)] : [];

    // A port implies its protocol.
    static IEnumerable<string> Protocol(AclRule rule) => rule is { Protocol: { } protocol, LocalPort: null, RemotePort: null } ? [NftWords.L4(protocol)] : [];
}
