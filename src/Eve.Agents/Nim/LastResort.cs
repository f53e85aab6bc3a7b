using Eve.Topics;

namespace Eve.Agents.Nim;

/// <summary>The configuration of a device that was given none: DHCP on everything that looks like Ethernet (device-agents.md 4.2).</summary>
internal static class LastResort
{
    public const string Key = "lastresort";
    const uint ZedrouterGroup = 70;
    static readonly string[] NotPorts = ["vif", "nbu", "nbo", "wlan", "wwan", "keth"];

    /// <summary>The configuration for these links; null if none of them can be a port.</summary>
    public static DevicePortConfig? For(ValueList<NetworkLink> links, DateTimeOffset now)
    {
        var names = links.Where(l => IsPort(l, links)).Select(l => l.Name).Order(StringComparer.Ordinal).ToList();
        return names.Count == 0 ? null : new DevicePortConfig(
            DevicePortConfigVersion.IsMgmt, Key, GoTime.FromUnix(0),
            Ports: [.. names.Select(name => new NetworkPortConfig(
                IfName: name, Phylabel: name, Logicallabel: name, SharedLabels: ["all", "uplink", "freeuplink"], IsMgmt: true, IsL3Port: true,
                Dhcp: DhcpType.Client, Type: NetworkType.Ipv4, ConfigSource: new(NetworkConfigOrigin.LastResort, now)))]);
    }

    // What has a hardware address broadcasts; tunnels and lo have none.
    static bool IsPort(NetworkLink link, ValueList<NetworkLink> links) =>
        link is { Master: null, Kind: not ("can" or "vcan") } && link.Group != ZedrouterGroup
        && !NotPorts.Any(n => link.Name.StartsWith(n, StringComparison.Ordinal))
        && MacAddress.TryParse(link.Mac, out var mac) && mac.ToArray().Length == 6 && mac.ToArray().Any(b => b != 0)
        && (link.Kind != "bridge" || links.Any(l => l.Name == "k" + link.Name));
}
