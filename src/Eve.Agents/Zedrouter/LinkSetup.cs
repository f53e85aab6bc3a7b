using Eve.Platform;

namespace Eve.Agents.Zedrouter;

/// <summary>Makes, changes and removes links, addresses, routes and rules by iproute2 (networking.md 2 and 4).</summary>
internal sealed class LinkSetup(Iproute ip, ICommands commands, bool pairs)
{
    const string PeerSuffix = "p";

    public Task ApplyAsync(Operation operation, CancellationToken cancellationToken) => operation switch
    {
        { From: null, To: Bridge bridge } => MakeAsync(bridge.Name, AddLine(bridge), BridgeLines(bridge), BridgeSysctls(bridge), cancellationToken),
        { To: Bridge bridge } => RunAsync([IpLine.Of($"link set dev {bridge.Name} address {bridge.Mac}"), .. BridgeLines(bridge)], BridgeSysctls(bridge), cancellationToken),
        { From: Bridge bridge } => RemoveAsync([IpLine.Of($"link del dev {bridge.Name}")], cancellationToken),
        { To: Vif vif } => VifAsync((Vif?)operation.From, vif, cancellationToken),
        { From: Vif vif } => RemoveAsync([IpLine.Of($"link del dev {vif.Name}")], cancellationToken),
        { To: BridgeAddress address } => AddressAsync((BridgeAddress?)operation.From, address, cancellationToken),
        { From: BridgeAddress address } => RemoveAsync([IpLine.Of($"addr del {address.Address}/{address.PrefixLength} dev {address.Link}")], cancellationToken),
        { To: NetworkRoute route } => RunAsync([IpLine.Of($"route replace {Words(route)} proto {NetworkNames.RouteProtocol}")], [], cancellationToken),
        { From: NetworkRoute route } => RemoveAsync([Deletion(route)], cancellationToken),
        { To: TableRule rule } => RunAsync([IpLine.Of($"rule add {Words(rule)} proto {NetworkNames.RouteProtocol}")], [], cancellationToken),
        { From: TableRule rule } => RemoveAsync([IpLine.Of($"rule del {Words(rule)}")], cancellationToken),
        _ => throw new InvalidOperationException($"{operation.Id} is not known"),
    };

    /// <summary>Sets kernel parameters; those that this kernel lacks are passed over.</summary>
    public async Task SysctlAsync(IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        if (settings.Count > 0)
            (await commands.RunAsync("sysctl", ["-q", "-e", "-w", .. settings], timeout: TimeSpan.FromSeconds(10), cancellationToken: cancellationToken)).Check();
    }

    static IpLine AddLine(Bridge bridge) =>
        IpLine.Of($"link add name {bridge.Name} address {bridge.Mac} type bridge stp_state 0 forward_delay 0 mcast_snooping 0");

    static IReadOnlyList<IpLine> BridgeLines(Bridge bridge) =>
    [
        IpLine.Of($"link set dev {bridge.Name} group {NetworkNames.LinkGroup} alias {NetworkNames.InstanceAlias}{Id(bridge.Instance)}"),
        IpLine.Of($"link set dev {bridge.Name} mtu {bridge.Mtu} up"),
    ];

    // The bridge answers ARP for all, without delay: so apps reach each other by routing alone.
    static IReadOnlyList<string> BridgeSysctls(Bridge bridge) =>
    [
        $"net.ipv4.conf.{bridge.Name}.proxy_arp_pvlan=1", $"net.ipv4.neigh.{bridge.Name}.proxy_delay=0", $"net.ipv4.conf.{bridge.Name}.send_redirects=0",
        $"net.ipv6.conf.{bridge.Name}.accept_ra=0",
    ];

    async Task VifAsync(Vif? from, Vif vif, CancellationToken cancellationToken)
    {
        // Up comes last: no packet may pass before the port is isolated.
        IpLine[] lines =
        [
            IpLine.Of($"link set dev {vif.Name} master {vif.Master} mtu {vif.Mtu} group {NetworkNames.LinkGroup} alias {NetworkNames.VifAlias}{Id(vif.App)}"),
            IpLine.Of($"link set dev {vif.Name} type bridge_slave isolated on guard on learning off flood off mcast_flood off bcast_flood off"),
            IpLine.Of($"link set dev {vif.Name} up"),
        ];
        if (from is null)
            await MakeAsync(vif.Name, pairs
                ? IpLine.Of($"link add name {vif.Name} type veth peer name {vif.Name}{PeerSuffix}")
                : IpLine.Of($"tuntap add dev {vif.Name} mode tap"), lines, [], cancellationToken);
        else
            await RunAsync(lines, [], cancellationToken);
        List<IpLine> forwarding = [IpLine.Of($"fdb replace {vif.Mac} dev {vif.Name} master static")];
        if (from is { Mac.Length: > 0 } && from.Mac != vif.Mac)
            forwarding.Add(IpLine.Of($"fdb del {from.Mac} dev {vif.Name} master"));
        await CheckAsync(IpBatch.Bridge, forwarding, cancellationToken);
    }

    async Task AddressAsync(BridgeAddress? from, BridgeAddress to, CancellationToken cancellationToken)
    {
        await RunAsync([IpLine.Of($"addr replace {to.Address}/{to.PrefixLength} brd + dev {to.Link}")], [], cancellationToken);
        if (from is not null && from != to)
            await RemoveAsync([IpLine.Of($"addr del {from.Address}/{from.PrefixLength} dev {from.Link}")], cancellationToken);
    }

    static IpLine Words(NetworkRoute route)
    {
        if (route.Unreachable)
            return IpLine.Of($"unreachable {route.Destination} table {route.Table} metric {uint.MaxValue}");
        var line = IpLine.Of($"{route.Destination} dev {route.Link!} table {route.Table}");
        if (route.Gateway is { } gateway)
            line = IpLine.Of($"{line} via {gateway}");
        return route.Source is { } source ? IpLine.Of($"{line} src {source}") : line;
    }

    static IpLine Deletion(NetworkRoute route) => IpLine.Of($"route del {Words(route)}");

    static IpLine Words(TableRule rule)
    {
        var line = IpLine.Of($"prio {rule.Priority}");
        if (rule.Iif is { } iif)
            line = IpLine.Of($"{line} iif {iif}");
        if (rule.To is { } to)
            line = IpLine.Of($"{line} to {to}");
        return IpLine.Of($"{line} lookup {rule.Table}");
    }

    // A link that could be made but not set up is taken away again: half of one would not be known as ours.
    async Task MakeAsync(string name, IpLine add, IReadOnlyList<IpLine> lines, IReadOnlyList<string> sysctls, CancellationToken cancellationToken)
    {
        if (await ip.ApplyAsync(IpBatch.Ip, [add], cancellationToken) is { Count: > 0 } failures)
        {
            if (!await IsHalfMadeAsync(name, cancellationToken))
                throw new EveException(string.Join("; ", failures));
            await CheckAsync(IpBatch.Ip, [IpLine.Of($"link del dev {name}"), add], cancellationToken);
        }
        try
        {
            await RunAsync(lines, sysctls, cancellationToken);
        }
        catch (EveException)
        {
            await ip.ApplyAsync(IpBatch.Ip, [IpLine.Of($"link del dev {name}")], CancellationToken.None);
            throw;
        }
    }

    // What a kill between the making of a link and its marking has left.
    async Task<bool> IsHalfMadeAsync(string name, CancellationToken cancellationToken) =>
        (await ip.LinksAsync(cancellationToken)).Any(l => l.Name == name && !l.Up && string.IsNullOrEmpty(l.Alias));

    async Task RunAsync(IReadOnlyList<IpLine> lines, IReadOnlyList<string> sysctls, CancellationToken cancellationToken)
    {
        await CheckAsync(IpBatch.Ip, lines, cancellationToken);
        await SysctlAsync(sysctls, cancellationToken);
    }

    async Task CheckAsync(IpBatch batch, IReadOnlyList<IpLine> lines, CancellationToken cancellationToken)
    {
        if (await ip.ApplyAsync(batch, lines, cancellationToken) is { Count: > 0 } failures)
            throw new EveException(string.Join("; ", failures));
    }

    // What is gone already is as good as removed: the kernel takes routes away with their link.
    async Task RemoveAsync(IReadOnlyList<IpLine> lines, CancellationToken cancellationToken)
    {
        var failures = (await ip.ApplyAsync(IpBatch.Ip, lines, cancellationToken)).Where(f => !IsGone(f.Error)).ToList();
        if (failures.Count > 0)
            throw new EveException(string.Join("; ", failures));
    }

    static bool IsGone(string error) => error.Contains("No such", StringComparison.Ordinal) || error.Contains("Cannot find device", StringComparison.Ordinal)
        || error.Contains("Cannot assign requested address", StringComparison.Ordinal);

    static string Id(Guid uuid) => uuid.ToString();
}
