using System.Net;

namespace Eve.Platform;

/// <summary>A network interface as the kernel has it.</summary>
/// <param name="Up">It is switched on.</param>
/// <param name="Carrier">Somebody is at the other end.</param>
/// <param name="Master">The bridge it belongs to.</param>
/// <param name="Alias">Free text: ours holds the UUID of what the link is for.</param>
/// <param name="Kind">bridge, veth, tun, wireguard …; empty for hardware and lo.</param>
/// <param name="Port">Its flags as a port of a bridge.</param>
internal sealed record Link(
    int Index,
    string Name,
    string Mac,
    int Mtu,
    bool Up,
    bool Carrier,
    string? Master = null,
    string Alias = "",
    uint Group = 0,
    string Kind = "",
    BridgePort? Port = null,
    LinkCounters Counters = default);

/// <summary>How a bridge treats one of its ports.</summary>
internal readonly record struct BridgePort(bool Isolated, bool Guard, bool Learning, bool Flood, bool McastFlood, bool BcastFlood);

/// <summary>What a link has carried since it was made.</summary>
internal readonly record struct LinkCounters(
    ulong RxBytes, ulong RxPackets, ulong RxErrors, ulong RxDropped, ulong TxBytes, ulong TxPackets, ulong TxErrors, ulong TxDropped);

/// <summary>An address of a link.</summary>
/// <param name="Tentative">IPv6 has not yet made sure that nobody else has it: it cannot be used.</param>
/// <param name="Duplicate">Somebody else has it.</param>
internal sealed record LinkAddress(
    string Link,
    IPAddress Address,
    int PrefixLength,
    AddressScope Scope = AddressScope.Global,
    bool Dynamic = false,
    bool Tentative = false,
    bool Deprecated = false,
    bool Duplicate = false,
    bool NoPrefixRoute = false,
    uint ValidSeconds = uint.MaxValue,
    uint PreferredSeconds = uint.MaxValue);

/// <summary>How far an address or route reaches, as the kernel numbers it.</summary>
internal enum AddressScope : byte
{
    Global = 0,
    Site = 200,
    Link = 253,
    Host = 254,
    Nowhere = 255,
}

/// <summary>One line of a bridge's forwarding table.</summary>
internal sealed record FdbEntry(string Mac, string Link, string? Master, string State, bool Self);
