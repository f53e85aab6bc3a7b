using System.Net;
using System.Net.Sockets;
using Eve.Platform;

namespace Eve.Agents.Nim;

/// <summary>The kernel's state as far as nim changes it.</summary>
internal sealed record KernelState(ValueList<Link> Links, ValueList<LinkAddress> Addresses, ValueList<Route> Routes, ValueList<RouteRule> Rules);

/// <summary>One line of a batch and the port it is for.</summary>
internal readonly record struct PlannedLine(string Link, IpLine Line, bool IsV6 = false);

/// <summary>The lines that lead from what the kernel has to what the ports are to have (networking.md 1): removals first, and nothing that is right already.</summary>
/// <remarks>nim's own are routes and rules of protocol 69, and addresses without a route of the kernel's. What others have put there stays.</remarks>
internal static class RoutePlan
{
    const uint Nim = 69, ZedrouterGroup = 70, Priority = 15000;

    public static IReadOnlyList<PlannedLine> Lines(KernelState kernel, NetworkSettings settings)
    {
        var kept = settings.Ports.Where(p => p.Keep).Select(p => p.Link).ToHashSet();
        var routes = settings.Ports.SelectMany(p => p.Routes.Select(r => (p.Link, Route: r))).ToHashSet();
        var rules = settings.Ports.SelectMany(p => p.Addresses.Select(a => (p.Link, Rule: (a.Address, Table: PortPlan.TableOf(p.Index))))).ToList();
        var keptTables = settings.Ports.Where(p => p.Keep).Select(p => PortPlan.TableOf(p.Index)).ToHashSet();
        var ourRoutes = kernel.Routes.Where(r => r.Protocol == Nim).ToList();
        var ourRules = kernel.Rules.Where(r => r.Protocol == Nim).ToList();
        return
        [
            .. ourRules.Where(r => !keptTables.Contains(r.Table) && !rules.Any(w => Is(r, w.Rule))).Select(Delete),
            .. ourRoutes.Where(r => !kept.Contains(r.Link ?? "") && !routes.Any(w => Is(r, w.Link, w.Route))).Select(Delete),
            .. Strangers(kernel, settings, kept).Select(a => new PlannedLine(a.Link, IpLine.Of($"addr del {a.Address}/{a.PrefixLength} dev {a.Link}"))),
            .. settings.Ports.SelectMany(p => LinkLines(p, kernel.Links.FirstOrDefault(l => l.Name == p.Link))),
            .. settings.Ports.SelectMany(p => p.Addresses.Where(a => !kernel.Addresses.Any(k => Is(k, p.Link, a))).Select(a => Add(p.Link, a))),
            .. routes.Where(w => !ourRoutes.Any(r => Is(r, w.Link, w.Route))).OrderBy(w => w.Route.Gateway is not null).Select(w => Add(w.Link, w.Route)),
            .. rules.Where(w => !ourRules.Any(r => Is(r, w.Rule))).Select(w => Add(w.Link, w.Rule.Address, w.Rule.Table)),
        ];
    }

    static IEnumerable<LinkAddress> Strangers(KernelState kernel, NetworkSettings settings, HashSet<string> kept) =>
        from address in kernel.Addresses
        where address is { NoPrefixRoute: true, Scope: AddressScope.Global } && !kept.Contains(address.Link)
            && kernel.Links.Any(l => l.Name == address.Link && l.Group != ZedrouterGroup)
            && !settings.Ports.Any(p => p.Link == address.Link && p.Addresses.Any(a => Is(address, p.Link, a)))
        select address;

    static IEnumerable<PlannedLine> LinkLines(PortSettings port, Link? link)
    {
        if (port.Mtu > 0 && link?.Mtu != port.Mtu)
            yield return new(port.Link, IpLine.Of($"link set dev {port.Link} mtu {port.Mtu}"));
        if (link is not { Up: true })
            yield return new(port.Link, IpLine.Of($"link set dev {port.Link} up"));
    }

    static PlannedLine Add(string link, PortAddress address) => address.Address.AddressFamily == AddressFamily.InterNetwork
        ? new(link, IpLine.Of($"addr replace {address.Address}/{address.PrefixLength} brd + dev {link} noprefixroute"))
        : new(link, IpLine.Of($"addr replace {address.Address}/{address.PrefixLength} dev {link} noprefixroute"));

    static PlannedLine Add(string link, PortRoute route)
    {
        var way = route.Gateway is { } gateway ? IpLine.Of($"via {gateway} dev {link}") : IpLine.Of($"dev {link}");
        var metric = route.Metric > 0 ? IpLine.Of($" metric {route.Metric}") : IpLine.Of($"");
        return new(link, IpLine.Of($"route replace {route.Destination} {way} src {route.Source}{metric} table {route.Table} proto {Nim}"), IsV6(route.Destination));
    }

    static PlannedLine Add(string link, IPAddress from, uint table) =>
        new(link, IpLine.Of($"rule add prio {Priority} from {from} lookup {table} proto {Nim}"), from.AddressFamily == AddressFamily.InterNetworkV6);

    static PlannedLine Delete(Route route)
    {
        var way = route.Link is { } link ? IpLine.Of($" dev {link}") : IpLine.Of($"");
        var metric = route.Metric > 0 ? IpLine.Of($" metric {route.Metric}") : IpLine.Of($"");
        return new(route.Link ?? "", IpLine.Of($"route del {route.Destination}{way}{metric} table {route.Table} proto {Nim}"), IsV6(route.Destination));
    }

    static PlannedLine Delete(RouteRule rule)
    {
        var from = rule.From is { } net ? IpLine.Of($" from {net}") : IpLine.Of($"");
        return new("", IpLine.Of($"rule del prio {rule.Priority}{from} lookup {rule.Table} proto {Nim}"), rule.IsV6);
    }

    static bool Is(Route has, string link, PortRoute wanted) =>
        has.Link == link && has.Destination.Equals(wanted.Destination) && has.Table == wanted.Table && Equals(has.Gateway, wanted.Gateway)
        && Equals(has.Source, wanted.Source) && has.Metric == wanted.Metric;

    static bool Is(RouteRule has, (IPAddress Address, uint Table) wanted) =>
        has.Priority == Priority && has.Table == wanted.Table && has.From is { } from && from.BaseAddress.Equals(wanted.Address) && from.PrefixLength is 32 or 128;

    static bool Is(LinkAddress has, string link, PortAddress wanted) => has.Link == link && has.Address.Equals(wanted.Address) && has.PrefixLength == wanted.PrefixLength;

    static bool IsV6(IPNetwork network) => network.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6;
}
