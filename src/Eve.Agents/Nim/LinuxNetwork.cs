using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using Eve.Platform;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Nim;

/// <summary>The ports by iproute2, their leases by dhcpcd.</summary>
internal sealed partial class LinuxNetwork(ICommands commands, EvePaths paths, DeviceOptions options, TimeProvider time, ILoggerFactory logs) : INetwork
{
    static readonly TimeSpan Coalescing = TimeSpan.FromMilliseconds(50), Patience = TimeSpan.FromSeconds(10);

    // networking.md 14. Those of modules that are not loaded are not there.
    static readonly string[] On =
    [
        "ipv4/ip_forward", "ipv6/conf/all/forwarding",
        "ipv4/conf/all/ignore_routes_with_linkdown", "ipv6/conf/all/ignore_routes_with_linkdown",
        "ipv4/conf/default/ignore_routes_with_linkdown", "ipv6/conf/default/ignore_routes_with_linkdown",
        "netfilter/nf_conntrack_acct", "netfilter/nf_conntrack_timestamp",
    ];

    static readonly string[] Off =
    [
        "ipv4/conf/all/send_redirects", "ipv4/conf/default/send_redirects",
        "bridge/bridge-nf-call-iptables", "bridge/bridge-nf-call-ip6tables", "bridge/bridge-nf-call-arptables",
    ];

    readonly ILogger _log = logs.CreateLogger(AgentNames.Nim);
    readonly Iproute _ip = new(commands, time);
    readonly Dhcpcd _dhcp = new(commands, paths, time, logs.CreateLogger(AgentNames.Nim));

    public string? Refusal { get; } = MachineNetwork.Refusal(options);

    public async IAsyncEnumerable<bool> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var records = Refusal is null ? await PrepareAsync(() => bell.Writer.TryWrite(true), cancellationToken) : null;
        var monitor = FollowAsync(bell.Writer, cancellationToken);
        await foreach (var ring in bell.Reader.ReadAllAsync(cancellationToken))
        {
            await Task.Delay(Coalescing, time, cancellationToken);
            bell.Reader.TryRead(out _);
            yield return ring;
        }
        await monitor;
    }

    async Task FollowAsync(ChannelWriter<bool> bell, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var _ in _ip.MonitorAsync(cancellationToken))
                bell.TryWrite(true);
        }
        finally
        {
            bell.TryComplete();
        }
    }

    async Task<FileSystemWatcher> PrepareAsync(Action ring, CancellationToken cancellationToken)
    {
        _dhcp.Ring = ring;
        await _dhcp.PrepareAsync(cancellationToken);
        foreach (var (names, value) in new[] { (On, "1\n"), (Off, "0\n") })
        {
            // tee writes to all of them and goes on after one that is missing; the files are those of the network namespace that it runs in.
            var written = await commands.RunAsync("tee", [.. names.Select(n => "/proc/sys/net/" + n)], value, Patience, cancellationToken: cancellationToken);
            if (!written.Succeeded)
                Log.NoSysctls(_log, written.Complaint);
        }
        var records = new FileSystemWatcher(_dhcp.Records);
        records.Renamed += (_, _) => ring();
        records.Error += (_, _) => ring();
        records.EnableRaisingEvents = true;
        return records;
    }

    public async Task<NetworkFacts> ReadAsync(CancellationToken cancellationToken)
    {
        var links = await _ip.LinksAsync(cancellationToken);
        var addresses = await _ip.AddressesAsync(cancellationToken);
        return new(
            [.. links.Select(l => new NetworkLink(l.Index, l.Name, l.Mac, l.Mtu, l.Up, l.Carrier, l.Master, l.Kind, l.Group))],
            [.. addresses.Where(a => a is { Tentative: false, Duplicate: false }).Select(a => new NetworkAddress(a.Link, a.Address, a.PrefixLength))],
            _dhcp.Leases());
    }

    public async Task<ValueList<NetworkFailure>> ApplyAsync(NetworkSettings settings, CancellationToken cancellationToken)
    {
        if (Refusal is not null)
            return [];
        DhcpClient[] clients = [.. settings.Ports.Select(p => p.Dhcp).OfType<DhcpClient>()];
        await _dhcp.KeepAsync(clients, cancellationToken);
        var failures = await ApplyLinesAsync(settings, cancellationToken);
        // An interface must be up before anything can be asked for there.
        failures.AddRange(await _dhcp.StartAsync(clients, cancellationToken));
        if (WriteResolver(settings) is { } failed)
            failures.Add(failed);
        foreach (var failure in failures)
            Log.Failed(_log, failure.Error);
        return [.. failures];
    }

    async Task<List<NetworkFailure>> ApplyLinesAsync(NetworkSettings settings, CancellationToken cancellationToken)
    {
        var kernel = new KernelState(
            [.. await _ip.LinksAsync(cancellationToken)], [.. await _ip.AddressesAsync(cancellationToken)],
            [.. await _ip.RoutesAsync(cancellationToken)], [.. await _ip.RulesAsync(cancellationToken)]);
        var lines = RoutePlan.Lines(kernel, settings);
        var failures = new List<NetworkFailure>();
        // IPv6 rules and default routes need a batch of their own.
        foreach (var (batch, part) in new[] { (IpBatch.Ip, lines.Where(l => !l.IsV6).ToList()), (IpBatch.V6, lines.Where(l => l.IsV6).ToList()) })
        {
            if (part.Count == 0)
                continue;
            Log.Applies(_log, string.Join("; ", part.Select(l => l.Line.Text)));
            foreach (var failure in await _ip.ApplyAsync(batch, [.. part.Select(l => l.Line)], cancellationToken))
                failures.Add(new(part[failure.Index].Link, $"'{failure.Line}' failed: {failure.Error}."));
        }
        return failures;
    }

    // Below the root: the machine's own only if this device is the machine.
    NetworkFailure? WriteResolver(NetworkSettings settings)
    {
        if (settings.Ports.Any(p => p.Keep))
            return null;
        var text = new StringBuilder();
        if (settings.SearchDomains.Count > 0)
            text.Append("search ").AppendJoin(' ', settings.SearchDomains).Append('\n');
        foreach (var server in settings.DnsServers)
            text.Append("nameserver ").Append(server).Append('\n');
        var path = paths.Under("etc/resolv.conf");
        try
        {
            if (!File.Exists(path) || File.ReadAllText(path) != text.ToString())
                DurableFile.Write(path, Encoding.UTF8.GetBytes(text.ToString()), mode: UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new("", $"{path} could not be written: {e.Message}");
        }
    }

    public async Task EndAsync()
    {
        await _dhcp.KeepAsync([], CancellationToken.None);
        _dhcp.Ring = () => { };
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "ip: {Lines}")]
        public static partial void Applies(ILogger log, string lines);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Error}")]
        public static partial void Failed(ILogger log, string error);

        [LoggerMessage(Level = LogLevel.Debug, Message = "Not all kernel settings of the network could be made: {Complaint}")]
        public static partial void NoSysctls(ILogger log, string complaint);
    }
}
