using System.Net;

namespace Eve.Platform;

/// <summary>A route in one of the kernel's tables; the default route has the destination 0.0.0.0/0 or ::/0.</summary>
/// <param name="Protocol">Who made it: 2 the kernel, 69 nim, 70 zedrouter.</param>
/// <param name="LinkDown">Its link has no carrier.</param>
internal sealed record Route(
    IPNetwork Destination,
    uint Table = Route.MainTable,
    string? Link = null,
    IPAddress? Gateway = null,
    IPAddress? Source = null,
    uint Metric = 0,
    uint Protocol = 0,
    AddressScope Scope = AddressScope.Global,
    RouteType Type = RouteType.Unicast,
    bool LinkDown = false,
    ValueList<NextHop> NextHops = default)
{
    public const uint MainTable = 254;
    public const uint LocalTable = 255;

    public bool IsDefault => Destination.PrefixLength == 0;
}

/// <summary>One of several ways that a route has.</summary>
internal sealed record NextHop(IPAddress? Gateway, string? Link, int Weight);

/// <summary>What a route does, as the kernel numbers it.</summary>
internal enum RouteType : byte
{
    Unicast = 1,
    Local = 2,
    Broadcast = 3,
    Anycast = 4,
    Multicast = 5,
    Blackhole = 6,
    Unreachable = 7,
    Prohibit = 8,
}

/// <summary>A rule that says which table a packet's route is looked up in; null means "any".</summary>
/// <param name="Table">0 for a rule that looks nothing up (its action refuses).</param>
internal sealed record RouteRule(
    uint Priority,
    uint Table,
    IPNetwork? From = null,
    IPNetwork? To = null,
    string? Iif = null,
    string? Oif = null,
    uint FwMark = 0,
    uint FwMask = 0,
    uint Protocol = 0,
    bool Not = false,
    bool IsV6 = false);
