using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eve.Platform;

/// <summary>Reads what <c>ip -N -json</c> and <c>bridge -json</c> print. Numeric (-N), since names of tables, groups and protocols are the machine's own.</summary>
internal static class IprouteParse
{
    public static IReadOnlyList<Link> Links(string json) => [.. Read(json, IprouteJson.Default.ListLinkText).Select(Link)];

    public static IReadOnlyList<LinkAddress> Addresses(string json) =>
    [
        .. from link in Read(json, IprouteJson.Default.ListLinkText)
           from address in link.AddrInfo ?? []
           where address.Local is not null
           select Address(link.Ifname, address),
    ];

    public static IReadOnlyList<Route> Routes(string json, AddressFamily family) => [.. Read(json, IprouteJson.Default.ListRouteText).Select(route => Route(route, family))];

    public static IReadOnlyList<RouteRule> Rules(string json, AddressFamily family) => [.. Read(json, IprouteJson.Default.ListRuleText).Select(rule => Rule(rule, family))];

    public static IReadOnlyList<FdbEntry> Fdb(string json) =>
        [.. Read(json, IprouteJson.Default.ListFdbText).Select(entry => new FdbEntry(entry.Mac, entry.Ifname, entry.Master, entry.State ?? "", entry.Flags?.Contains("self") ?? false))];

    // Nothing at all is what some versions print for an empty list.
    static List<T> Read<T>(string json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<List<T>> form)
    {
        try
        {
            return string.IsNullOrWhiteSpace(json) ? [] : JsonSerializer.Deserialize(json, form) ?? [];
        }
        catch (JsonException failure)
        {
            throw new EveException($"iproute2 wrote what is not understood: {failure.Message}", failure);
        }
    }

    static Link Link(LinkText link) => new(
        link.Ifindex,
        link.Ifname,
        link.Address ?? "",
        link.Mtu,
        link.Flags?.Contains("UP") ?? false,
        link.Flags?.Contains("LOWER_UP") ?? false,
        link.Master,
        link.Ifalias ?? "",
        Number(link.Group),
        link.Linkinfo?.InfoKind ?? "",
        link.Linkinfo is { InfoSlaveKind: "bridge", InfoSlaveData: { } port }
            ? new BridgePort(port.Isolated, port.Guard, port.Learning, port.Flood, port.McastFlood, port.BcastFlood)
            : null,
        link.Stats64 is { Rx: { } rx, Tx: { } tx }
            ? new LinkCounters(rx.Bytes, rx.Packets, rx.Errors, rx.Dropped, tx.Bytes, tx.Packets, tx.Errors, tx.Dropped)
            : default);

    static LinkAddress Address(string link, AddressText address) => new(
        link,
        IPAddress.Parse(address.Local!),
        address.Prefixlen,
        (AddressScope)Number(address.Scope),
        address.Dynamic,
        address.Tentative,
        address.Deprecated,
        address.Dadfailed,
        address.Noprefixroute,
        address.ValidLifeTime ?? uint.MaxValue,
        address.PreferredLifeTime ?? uint.MaxValue);

    static Route Route(RouteText route, AddressFamily family) => new(
        Network(route.Dst, family),
        route.Table is null ? Platform.Route.MainTable : Number(route.Table),
        route.Dev,
        Ip(route.Gateway ?? route.Via?.Host),
        Ip(route.Prefsrc),
        route.Metric,
        Number(route.Protocol),
        (AddressScope)Number(route.Scope),
        route.Type is null ? RouteType.Unicast : (RouteType)Number(route.Type),
        route.Flags?.Contains("linkdown") ?? false,
        [.. (route.Nexthops ?? []).Select(hop => new NextHop(Ip(hop.Gateway ?? hop.Via?.Host), hop.Dev, hop.Weight))]);

    static RouteRule Rule(RuleText rule, AddressFamily family) => new(
        rule.Priority,
        rule.Table is null ? 0 : Number(rule.Table),
        Selector(rule.Src, rule.Srclen, family),
        Selector(rule.Dst, rule.Dstlen, family),
        rule.Iif,
        rule.Oif,
        Number(rule.Fwmark),
        rule.Fwmark is null ? 0 : rule.Fwmask is null ? uint.MaxValue : Number(rule.Fwmask),
        Number(rule.Protocol),
        rule.Not is not null,
        family == AddressFamily.InterNetworkV6);

    static IPNetwork? Selector(string? address, int? length, AddressFamily family) =>
        address is null or "all" ? null : length is { } bits ? new IPNetwork(IPAddress.Parse(address), bits) : Network(address, family);

    static IPNetwork Network(string text, AddressFamily family)
    {
        if (text is "default" or "all")
            return new IPNetwork(family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        return text.Contains('/', StringComparison.Ordinal)
            ? IPNetwork.Parse(text)
            : new IPNetwork(IPAddress.Parse(text), family == AddressFamily.InterNetworkV6 ? 128 : 32);
    }

    static IPAddress? Ip(string? text) => text is null ? null : IPAddress.Parse(text);

    static uint Number(string? text)
    {
        if (text is null)
            return 0;
        var parsed = text.StartsWith("0x", StringComparison.Ordinal)
            ? uint.TryParse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number)
            : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        return parsed ? number : throw new EveException($"iproute2 wrote {text} where a number was expected");
    }
}

internal sealed record LinkText(
    int Ifindex = 0,
    string Ifname = "",
    string? Address = null,
    int Mtu = 0,
    List<string>? Flags = null,
    string? Master = null,
    string? Ifalias = null,
    string? Group = null,
    LinkInfoText? Linkinfo = null,
    StatsText? Stats64 = null,
    [property: JsonPropertyName("addr_info")] List<AddressText>? AddrInfo = null);

internal sealed record LinkInfoText(
    [property: JsonPropertyName("info_kind")] string? InfoKind = null,
    [property: JsonPropertyName("info_slave_kind")] string? InfoSlaveKind = null,
    [property: JsonPropertyName("info_slave_data")] PortText? InfoSlaveData = null);

internal sealed record PortText(
    bool Isolated = false,
    bool Guard = false,
    bool Learning = false,
    bool Flood = false,
    [property: JsonPropertyName("mcast_flood")] bool McastFlood = false,
    [property: JsonPropertyName("bcast_flood")] bool BcastFlood = false);

internal sealed record StatsText(CountersText? Rx = null, CountersText? Tx = null);

internal sealed record CountersText(ulong Bytes = 0, ulong Packets = 0, ulong Errors = 0, ulong Dropped = 0);

internal sealed record AddressText(
    string? Local = null,
    int Prefixlen = 0,
    string? Scope = null,
    bool Dynamic = false,
    bool Tentative = false,
    bool Deprecated = false,
    bool Dadfailed = false,
    bool Noprefixroute = false,
    [property: JsonPropertyName("valid_life_time")] uint? ValidLifeTime = null,
    [property: JsonPropertyName("preferred_life_time")] uint? PreferredLifeTime = null);

internal sealed record RouteText(
    string Dst = "",
    string? Type = null,
    string? Gateway = null,
    ViaText? Via = null,
    string? Dev = null,
    string? Table = null,
    string? Protocol = null,
    string? Scope = null,
    string? Prefsrc = null,
    uint Metric = 0,
    List<string>? Flags = null,
    List<NextHopText>? Nexthops = null);

internal sealed record NextHopText(string? Gateway = null, ViaText? Via = null, string? Dev = null, int Weight = 0);

internal sealed record ViaText(string? Host = null);

internal sealed record RuleText(
    uint Priority = 0,
    string? Src = null,
    int? Srclen = null,
    string? Dst = null,
    int? Dstlen = null,
    string? Iif = null,
    string? Oif = null,
    string? Fwmark = null,
    string? Fwmask = null,
    string? Table = null,
    string? Protocol = null,
    JsonElement? Not = null);

internal sealed record FdbText(string Mac = "", string Ifname = "", string? Master = null, string? State = null, List<string>? Flags = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<LinkText>))]
[JsonSerializable(typeof(List<RouteText>))]
[JsonSerializable(typeof(List<RuleText>))]
[JsonSerializable(typeof(List<FdbText>))]
internal sealed partial class IprouteJson : JsonSerializerContext;
