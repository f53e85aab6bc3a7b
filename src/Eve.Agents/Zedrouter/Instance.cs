using System.Net;
using System.Net.Sockets;
using Eve.Topics;

namespace Eve.Agents.Zedrouter;

/// <summary>A network instance as it is judged: what its configuration comes to, or why it cannot be.</summary>
internal sealed record Instance(NetworkInstanceConfig Config, int Number)
{
    public IPNetwork Subnet { get; init; }
    public IPAddress Gateway { get; init; } = IPAddress.None;
    public IPAddress First { get; init; } = IPAddress.None;
    public IPAddress Last { get; init; } = IPAddress.None;

    /// <summary>The device's ports that its label names and that can carry it.</summary>
    public ValueList<NetworkPortStatus> Ports { get; init; } = [];

    public int Mtu { get; init; } = 1500;
    public string Invalid { get; init; } = "";
    public string NoNumber { get; init; } = "";
    public string Conflict { get; init; } = "";
    public string NoPort { get; init; } = "";
    public string MtuConflict { get; init; } = "";

    /// <summary>It is not known yet which ports there are.</summary>
    public bool Waits { get; init; }

    /// <summary>Its bridge is there already.</summary>
    public bool Exists { get; init; }

    public Guid Id => Config.UUID;
    public string Bridge => NetworkNames.Bridge(Number);

    /// <summary>Why it never can be as it is configured; empty if it can.</summary>
    public string Broken => Invalid.Length > 0 ? Invalid : NoNumber;

    /// <summary>A missing port keeps it from coming up, but does not take it down.</summary>
    public bool Eligible => Config.Activate && !Waits && Broken.Length == 0 && Conflict.Length == 0 && (NoPort.Length == 0 || Exists);

    /// <summary>The port that its default route takes: the cheapest one with an address and a router.</summary>
    public NetworkPortStatus? Uplink => Ports.OrderBy(p => p.Cost).FirstOrDefault(p => Router(p) is not null && Addresses(p).Any());

    /// <summary>Apps get a default route if it leads somewhere.</summary>
    public bool OffersDefaultRoute => Uplink is not null || Ports.Any(p => p.IsMgmt);

    public static IEnumerable<IPAddress> Addresses(NetworkPortStatus port) => V4(port.AddrInfoList.Select(a => a.Addr));

    public static IPAddress? Router(NetworkPortStatus port) => V4(port.DefaultRouters).FirstOrDefault();

    /// <summary>Those of the texts that are IPv4 addresses.</summary>
    public static IEnumerable<IPAddress> V4(IEnumerable<string> texts) =>
        texts.Select(t => IPAddress.TryParse(t, out var address) && address.AddressFamily == AddressFamily.InterNetwork ? address : null).OfType<IPAddress>();
}
