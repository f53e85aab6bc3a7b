using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Eve.Topics;

namespace Eve.Agents.Zedrouter;

internal enum Verdict
{
    Allow,
    Drop,
    PortMap,
}

/// <summary>An access control entry, read and found good. Null: whatever it is.</summary>
/// <param name="Protocol">tcp, udp and icmp by name, others by number.</param>
internal sealed record AclRule(
    int Id,
    Verdict Verdict,
    IPNetwork? Remote = null,
    string? Host = null,
    bool Apps = false,
    string? Protocol = null,
    PortRange? LocalPort = null,
    PortRange? RemotePort = null,
    int TargetPort = 0,
    string Adapter = "");

internal readonly record struct PortRange(int First, int Last);

/// <summary>What the entries of an adapter come to: rules in their order, or what is wrong with them.</summary>
internal sealed record Acl(ValueList<AclRule> Rules, ValueList<string> Errors);

/// <summary>Reads access control entries (applications.md 7.6): pure. An entry that cannot be kept to is an error, never skipped in silence.</summary>
internal static class Acls
{
    public const int HighestId = 0x3ffffe;      // 22 bits of the connection mark; the last one means "no entry"

    public static Acl Parse(IEnumerable<ACE> entries, Instance instance)
    {
        var (rules, errors) = (new List<AclRule>(), new List<string>());
        foreach (var entry in entries)
        {
            var error = Read(entry, instance, out var rule);
            if (error.Length > 0)
                errors.Add($"ACL rule {entry.RuleID}{(entry.Name.Length > 0 ? $" '{NetworkInstances.Shown(entry.Name)}'" : "")}: {error}");
            else if (rule is not null)
                rules.Add(rule);
        }
        return new([.. rules], [.. errors]);
    }

    // No error and no rule: one of the other IP version.
    static string Read(ACE entry, Instance instance, out AclRule? rule)
    {
        rule = null;
        if (entry.RuleID is < 0 or > HighestId)
            return $"its id must be between 0 and {HighestId}";
        if (entry.Actions.Count > 1)
            return "it has more than one action";
        var action = entry.Actions.Count > 0 ? entry.Actions[0] : new();
        if ((action.Drop ? 1 : 0) + (action.Limit ? 1 : 0) + (action.PortMap ? 1 : 0) > 1)
            return "its action mixes drop, limit and portmap";
        if (action.Limit)
            return "rate limits are not built yet: remove the limit";
        var read = new AclRule(entry.RuleID, action.Drop ? Verdict.Drop : action.PortMap ? Verdict.PortMap : Verdict.Allow, TargetPort: action.TargetPort);
        foreach (var match in entry.Matches)
        {
            if (Add(ref read, match) is { Length: > 0 } error)
                return error;
            if (match.Type == "ip" && read.Remote is { BaseAddress.AddressFamily: not AddressFamily.InterNetwork })
                return "";
        }
        if (Check(read, instance) is { Length: > 0 } wrong)
            return wrong;
        rule = read;
        return "";
    }

    static string Add(ref AclRule rule, ACEMatch match)
    {
        switch (match.Type)
        {
            case "ip" when Network(match.Value) is { } network:
                rule = rule with { Remote = network };
                return "";
            case "protocol" when Protocol(match.Value) is { } protocol:
                rule = rule with { Protocol = protocol };
                return "";
            case "lport" when Range(match.Value) is { } range:
                rule = rule with { LocalPort = range };
                return "";
            case "fport" when Range(match.Value) is { } range:
                rule = rule with { RemotePort = range };
                return "";
            case "host" when Network(match.Value) is { } literal:
                rule = rule with { Remote = literal };
                return "";
            case "host" when NetworkInstances.DomainName().IsMatch(match.Value):
                rule = rule with { Host = match.Value.ToLowerInvariant() };
                return "";
            case "eidset":
                rule = rule with { Apps = true };
                return "";
            case "adapter":
                rule = rule with { Adapter = match.Value };
                return "";
            case "ip" or "protocol" or "lport" or "fport" or "host":
                return $"'{NetworkInstances.Shown(match.Value)}' is no {match.Type}";
            default:
                return $"its match '{NetworkInstances.Shown(match.Type)}' is not known: use ip, protocol, lport, fport, host, eidset or adapter";
        }
    }

    static string Check(AclRule rule, Instance instance)
    {
        if ((rule.LocalPort ?? rule.RemotePort) is not null && rule.Protocol is not ("tcp" or "udp" or "sctp"))
            return "lport and fport need the protocol tcp, udp or sctp";
        if (rule is { Host: not null, Apps: true })
            return "host and eidset cannot both hold";
        if (rule.Verdict != Verdict.PortMap)
            return rule.Adapter.Length > 0 ? "the match adapter is for port maps alone" : "";
        if (instance.Config.PortLabel.Length == 0)
            return $"a port map needs a port, and {NetworkInstances.Named(instance.Config)} has none";
        if (rule.Protocol is not ("tcp" or "udp") || rule.LocalPort is not { } outside || outside.First != outside.Last || outside.First == 0)
            return "a port map needs one lport, and the protocol tcp or udp";
        if (rule.TargetPort is < 1 or > ushort.MaxValue)
            return $"the port map's target port {rule.TargetPort} is not between 1 and {ushort.MaxValue}";
        return rule.Host is not null || rule.Apps ? "a port map cannot be limited to a host name or eidset" : "";
    }

    static IPNetwork? Network(string text)
    {
        if (IpNet.TryParse(text, out var net))
            return net.TryGetNetwork(out var network) ? network : null;
        return IPAddress.TryParse(text, out var address) && (address.AddressFamily == AddressFamily.InterNetworkV6 || text.Count(c => c == '.') == 3)
            ? new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetworkV6 ? 128 : 32)
            : null;
    }

    static string? Protocol(string text) => text.ToLowerInvariant() switch
    {
        "tcp" or "6" => "tcp",
        "udp" or "17" => "udp",
        "icmp" or "1" => "icmp",
        "sctp" or "132" => "sctp",
        var other when byte.TryParse(other, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    static PortRange? Range(string text)
    {
        var parts = text.Split('-', ':');
        if (parts.Length > 2 || !parts.All(p => ushort.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            return null;
        var ports = parts.Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToList();
        return ports[0] <= ports[^1] ? new(ports[0], ports[^1]) : null;
    }
}
