using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Eve.Platform;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Zedrouter;

/// <summary>Network instances by iproute2, nftables, conntrack and dnsmasq.</summary>
internal sealed class LinuxApplier : INetworkStack
{
    static readonly TimeSpan Coalesce = TimeSpan.FromMilliseconds(50);

    readonly ICommands _commands;
    readonly TimeProvider _time;
    readonly ILogger _log;
    readonly Nft _nft;
    readonly Iproute _ip;
    readonly LinkSetup _links;
    readonly DnsmasqServers _servers;
    readonly Channel<string> _bell = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public LinuxApplier(ICommands commands, TimeProvider time, EvePaths paths, DeviceOptions options, ILoggerFactory logs)
        : this(commands, time, paths, MachineNetwork.Refusal(options), logs.CreateLogger(AgentNames.Zedrouter))
    {
    }

    /// <param name="refusal">Why nothing may be touched here.</param>
    /// <param name="pairs">For tests: a pair of veth in place of a tap, whose other end (NAMEp) stands for the app.</param>
    internal LinuxApplier(ICommands commands, TimeProvider time, EvePaths paths, string? refusal, ILogger log, bool pairs = false)
    {
        (_commands, _time, _log, Refusal) = (commands, time, log, refusal);
        (_nft, _ip) = (new(commands), new(commands, time));
        _links = new(_ip, commands, pairs);
        _servers = new(paths.Under("run/zedrouter"), commands, time, log, bridge => _bell.Writer.TryWrite(bridge));
    }

    public string? Refusal { get; }

    public async Task PrepareAsync(CancellationToken cancellationToken) => await _links.SysctlAsync(
    [
        "net.ipv4.ip_forward=1", "net.ipv4.conf.all.send_redirects=0", "net.ipv4.conf.all.ignore_routes_with_linkdown=1",
        "net.bridge.bridge-nf-call-iptables=0", "net.bridge.bridge-nf-call-ip6tables=0",
        "net.netfilter.nf_conntrack_acct=1", "net.netfilter.nf_conntrack_timestamp=1",
    ], cancellationToken);

    public async Task<IReadOnlyList<Item>> ReadAsync(bool filter, CancellationToken cancellationToken)
    {
        List<Item> items =
        [
            .. KernelState.Links(await _ip.LinksAsync(cancellationToken), await _ip.FdbAsync(cancellationToken)),
            .. KernelState.Addresses(await _ip.AddressesAsync(cancellationToken)),
            .. KernelState.Routes(await _ip.RoutesAsync(cancellationToken)),
            .. KernelState.Rules(await _ip.RulesAsync(cancellationToken)),
            .. _servers.Read(),
        ];
        if (filter)
        {
            NftTable?[] tables = [await _nft.ListTableAsync("bridge", "eve", cancellationToken), await _nft.ListTableAsync("inet", "eve", cancellationToken)];
            items.AddRange(KernelState.Filter(tables.OfType<NftTable>()));
        }
        return [.. items.DistinctBy(i => i.Id)];
    }

    public async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var monitor = MonitorAsync(stop.Token);
        try
        {
            while (true)
            {
                var rung = _bell.Reader.WaitToReadAsync(cancellationToken).AsTask();
                if (await Task.WhenAny(rung, monitor) == monitor)
                    await monitor;
                await rung;
                await Task.Delay(Coalesce, _time, cancellationToken);
                if (_bell.Reader.TryRead(out var ring))
                    yield return ring;
            }
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    async Task MonitorAsync(CancellationToken cancellationToken)
    {
        await foreach (var line in _ip.MonitorAsync(cancellationToken))
            _bell.Writer.TryWrite(line);
    }

    public bool CanModify(Item from, Item to) => (from, to) switch
    {
        (Bridge a, Bridge b) => a.Instance == b.Instance,
        (Vif a, Vif b) => a.App == b.App,
        (TableRule, TableRule) => false,
        _ => from.GetType() == to.GetType(),
    };

    public async Task ApplyAsync(Operation operation, CancellationToken cancellationToken)
    {
        Log.Applies(_log, operation.From is null ? "create" : operation.To is null ? "delete" : "change", operation.Id);
        switch (operation)
        {
            case { From: FilterPart or null, To: FilterPart or null }:
                await FilterAsync((FilterPart?)operation.From, (FilterPart?)operation.To, cancellationToken);
                break;
            case { To: DnsmasqProcess to }:
                await _servers.SetAsync((DnsmasqProcess?)operation.From, to, cancellationToken);
                break;
            case { From: DnsmasqProcess from }:
                await _servers.RemoveAsync(from.Bridge, cancellationToken);
                break;
            case { From: null, To: BridgeAddress address }:
                // A server that has outlived its bridge hears nothing from the new one; its end rings, and it is started again.
                await _servers.EndAsync(address.Link, cancellationToken);
                goto default;
            default:
                await _links.ApplyAsync(operation, cancellationToken);
                break;
        }
    }

    async Task FilterAsync(FilterPart? from, FilterPart? to, CancellationToken cancellationToken)
    {
        if (await _nft.ApplyAsync(FilterTransaction.Of(from, to), cancellationToken) is { Length: > 0 } error)
            throw new EveException("packet filter: " + error);
        foreach (var (mark, mask) in FilterTransaction.EndedFlows(from, to))
        {
            // Exit code 1 says that there was none. Without conntrack, flows that are no longer allowed live on until they end themselves.
            try
            {
                await _commands.RunAsync("conntrack", ["-D", "-m", $"0x{mark:x8}/0x{mask:x8}"], timeout: TimeSpan.FromSeconds(10), cancellationToken: cancellationToken);
            }
            catch (EveException exception)
            {
                Log.FlowsLive(_log, exception.Message);
                break;
            }
        }
    }

    public IReadOnlyList<Lease> Leases() => _servers.Leases();

    public async Task<NetworkCounts> CountAsync(CancellationToken cancellationToken)
    {
        var links = (await _ip.LinksAsync(cancellationToken)).Select(l => new LinkCount(
            l.Name, l.Index, l.Counters.RxBytes, l.Counters.RxPackets, l.Counters.RxErrors, l.Counters.RxDropped,
            l.Counters.TxBytes, l.Counters.TxPackets, l.Counters.TxErrors, l.Counters.TxDropped)).ToList();
        var drops = new Dictionary<string, ulong>();
        foreach (var family in new[] { "bridge", "inet" })
        {
            foreach (var (name, counter) in await _nft.ListCountersAsync(family, "eve", cancellationToken))
                drops[name] = counter.Packets;
        }
        return new(links, drops);
    }

    public Task StopAsync() => _servers.StopAsync();
}

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Network: {Verb} {Item}")]
    public static partial void Applies(ILogger log, string verb, string item);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Flows that are no longer allowed live on: {Reason}")]
    public static partial void FlowsLive(ILogger log, string reason);
}
