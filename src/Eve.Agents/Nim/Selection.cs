using Eve.Topics;

namespace Eve.Agents.Nim;

/// <summary>Which port configuration is in force, how far its verification has come, and when what comes next is due (times since the agent's start).</summary>
/// <param name="List">All configurations, the best one first.</param>
/// <param name="Current">The one in force; -1 before the first.</param>
/// <param name="State">How it stands with it.</param>
/// <param name="Testing">It is being verified.</param>
/// <param name="Began">When its verification began.</param>
/// <param name="TestAt">When to test next.</param>
/// <param name="BetterAt">When to try a better one.</param>
/// <param name="Doubtful">The last periodic test failed; a second failure starts the verification.</param>
/// <param name="Tested">The addresses as of the last test.</param>
internal sealed record Selection(
    ValueList<DevicePortConfig> List = default,
    int Current = -1,
    DPCState State = DPCState.None,
    bool Testing = false,
    TimeSpan Began = default,
    TimeSpan TestAt = default,
    TimeSpan? BetterAt = null,
    bool Doubtful = false,
    ValueList<string> Tested = default)
{
    public DevicePortConfig? Entry => Current >= 0 && Current < List.Count ? List[Current] : null;

    public bool Works => !Testing && State is DPCState.Success or DPCState.RemoteWait;

    /// <summary>Where a device starts: with what it had stored, but for what could never be used; nothing is in force.</summary>
    public static Selection Stored(DevicePortConfigList? stored) => new([
        .. (stored?.PortConfigList ?? default).Where(c => c.Ports.Any(p => p.IsMgmt))
            .Select(c => c with { State = DPCState.None })]);

    public DevicePortConfigList ToList() => new(Current, List);
}

/// <summary>The configuration items that the selection goes by.</summary>
/// <param name="Wait">D: the unit of the times that a port may take.</param>
/// <param name="Test">Between two tests of what works.</param>
/// <param name="Better">Until a better configuration is tried again; zero: never.</param>
/// <param name="LastResort">DHCP on all Ethernet ports is always there as the last one.</param>
internal readonly record struct SelectionTimes(TimeSpan Wait, TimeSpan Test, TimeSpan Better, bool LastResort)
{
    public static SelectionTimes Of(ConfigView config) => new(
        config.Get(ConfigItems.PortTestDuration),
        config.Get(ConfigItems.PortTestInterval),
        config.Get(ConfigItems.PortTestBetterInterval),
        config.Get(ConfigItems.NetworkFallbackAnyEthernet) == TriState.Enabled);
}

/// <summary>What the ports of the current configuration look like.</summary>
/// <param name="Missing">Management ports whose interface is not there.</param>
/// <param name="Addresses">The usable addresses of the management ports.</param>
/// <param name="HasDns">One of those ports knows a name server.</param>
/// <param name="AllMissing">None of the management ports is there.</param>
internal sealed record PortView(ValueList<string> Missing, ValueList<string> Addresses, bool HasDns, bool AllMissing)
{
    public static PortView Of(ValueList<NetworkPortStatus> ports)
    {
        var management = ports.Where(p => p is { IsMgmt: true, InvalidConfig: false }).ToList();
        var missing = management.Where(p => p.MacAddr.IsNil).Select(p => p.IfName).ToList();
        return new(
            [.. missing],
            [.. NetworkStatus.Testable(ports).SelectMany(p => p.AddrInfoList.Select(a => $"{p.IfName} {a.Addr}"))],
            management.Any(p => p.DNSServers.Count > 0),
            missing.Count == management.Count);
    }
}

/// <summary>The moment at which something is decided.</summary>
internal readonly record struct Moment(DateTimeOffset Now, TimeSpan Elapsed);
