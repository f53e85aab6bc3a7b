using Eve.Topics;

namespace Eve.Agents.Nim;

/// <summary>The list of port configurations, the best one first (device-agents.md 4.2 "Priority list").</summary>
internal static class PortConfigs
{
    public const string Controller = "zedagent";
    public const string Manual = "manual";

    /// <summary>A configuration as the list keeps it: named, with labels, and with what cannot be used marked as such.</summary>
    public static DevicePortConfig Sanitized(string key, DevicePortConfig config) => config with
    {
        Key = config.Key.Length > 0 ? config.Key : key,
        TimePriority = config.TimePriority.IsZero ? GoTime.FromUnix(0) : config.TimePriority,
        Ports = [.. config.Ports.Select(p => Sanitized(p, anyL3: config.Ports.Any(o => o.IsL3Port)))],
    };

    static NetworkPortConfig Sanitized(NetworkPortConfig port, bool anyL3)
    {
        var named = port with
        {
            Phylabel = port.Phylabel.Length > 0 ? port.Phylabel : port.IfName,
            Logicallabel = port.Logicallabel.Length > 0 ? port.Logicallabel : port.IfName,
            IsL3Port = port.IsL3Port || !anyL3,
        };
        return Refusal(port) is { } refusal ? named with { InvalidConfig = true, LastError = port.LastError.Length > 0 ? port.LastError : refusal } : named;
    }

    static string? Refusal(NetworkPortConfig port) => port switch
    {
        _ when !IsInterfaceName(port.IfName) => $"'{Shown(port.IfName)}' is not the name of a network interface: 1 to 15 letters, digits, '.', '_' or '-'.",
        { L2Type: not L2LinkType.None } => $"{port.IfName}: VLAN and bond ports are not there yet; use the interface itself.",
        { WirelessCfg.WType: not WirelessType.None } => $"{port.IfName}: wireless ports are not there yet; use an Ethernet port.",
        { Dhcp: DhcpType.Static } when !IpNet.TryParse(port.AddrSubnet, out _) => $"{port.IfName}: the static address '{Shown(port.AddrSubnet)}' is not an address with its prefix, such as 192.0.2.7/24.",
        _ => null,
    };

    static bool IsInterfaceName(string name) =>
        name.Length is > 0 and <= 15 && name is not ("." or "..") && name[0] != '-' && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    static string Shown(string text) => string.Concat(text.Take(40).Select(c => char.IsControl(c) ? '?' : c));

    /// <summary>The list with what is wanted now: the given configurations, and the last resort where there is nothing else or it is to stay.</summary>
    /// <param name="complete">The publisher has said all: what it does not give any more is not wanted.</param>
    public static ValueList<DevicePortConfig> Wanted(
        ValueList<DevicePortConfig> list, ValueList<DevicePortConfig> given, bool complete, ValueList<NetworkLink> links, bool lastResort, DateTimeOffset now)
    {
        foreach (var config in given)
            list = With(list, config);
        if (complete && !given.Any(c => c.Key == Controller))
            list = Without(list, Controller);
        var wantsLast = lastResort || list.Count == 0 || list.Any(c => c.Key == LastResort.Key);
        return wantsLast && LastResort.For(links, now) is { } last ? With(list, last) : list;
    }

    /// <summary>The list with a configuration in its place. The same content under a new time moves and keeps its test results.</summary>
    public static ValueList<DevicePortConfig> With(ValueList<DevicePortConfig> list, DevicePortConfig config)
    {
        var known = list.FirstOrDefault(c => SameContent(c, config));
        if (known is not null && (known.TimePriority == config.TimePriority || list[0] == known))
            return list;
        var added = known is null ? config : known with { TimePriority = config.TimePriority };
        var others = list.Where(c => c != known && !IsSame(c, config) && !(config.Key == Manual && c.Key == Manual));
        return [.. others.Append(added).OrderByDescending(Rank).ThenByDescending(c => c.TimePriority)];
    }

    /// <summary>The list without the configurations of a key.</summary>
    public static ValueList<DevicePortConfig> Without(ValueList<DevicePortConfig> list, string key) =>
        list.Any(c => c.Key == key) ? [.. list.Where(c => c.Key != key)] : list;

    /// <summary>
    /// Drops what is no longer of use: kept are the first, the current one, the best that works, the controller's newest, and the newest of each key as
    /// long as no configuration of the controller has ever worked.
    /// </summary>
    public static ValueList<DevicePortConfig> Compressed(ValueList<DevicePortConfig> list, int current, bool lastResort)
    {
        var proven = list.Any(c => c.Key == Controller && !c.LastSucceeded.IsZero);
        var kept = new HashSet<int> { 0, current, Find(IsWorking), Find(c => c.Key == Controller) };
        if (lastResort)
            kept.Add(Find(c => c.Key == LastResort.Key));
        if (!proven)
            kept.UnionWith(list.Select(c => c.Key).Distinct().Select(key => Find(c => c.Key == key)));
        return kept.Count(i => i >= 0) == list.Count ? list : [.. list.Where((_, i) => kept.Contains(i))];

        int Find(Func<DevicePortConfig, bool> which) => IndexOf(list, which);
    }

    public static int IndexOf(ValueList<DevicePortConfig> list, Func<DevicePortConfig, bool> which)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (which(list[i]))
                return i;
        }
        return -1;
    }

    /// <summary>Its last test went well.</summary>
    public static bool IsWorking(DevicePortConfig config) => !config.LastSucceeded.IsZero && config.LastSucceeded > config.LastFailed;

    /// <summary>It has a management port that can have an address.</summary>
    public static bool IsUsable(DevicePortConfig config) =>
        config.Ports.Any(p => p is { IsMgmt: true, InvalidConfig: false, Dhcp: DhcpType.Static or DhcpType.Client });

    /// <summary>Whether it is the same entry, maybe with other test results.</summary>
    public static bool IsSame(DevicePortConfig one, DevicePortConfig other) =>
        one.Version == other.Version && one.Key == other.Key && one.TimePriority == other.TimePriority;

    /// <summary>Whether both say the same: test results and times do not count.</summary>
    public static bool SameContent(DevicePortConfig one, DevicePortConfig other) => Content(one) == Content(other);

    static DevicePortConfig Content(DevicePortConfig config) => new(
        config.Version, config.Key,
        Ports: [.. config.Ports.Select(p => p.With(new TestResults()) with { ConfigSource = p.ConfigSource with { SubmittedAt = default } })]);

    // The controller beats all but what a person at the console has set.
    static int Rank(DevicePortConfig config) => config.Key switch { Manual => 2, Controller => 1, _ => 0 };
}
