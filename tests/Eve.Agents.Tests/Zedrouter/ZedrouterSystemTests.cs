using System.Globalization;
using Eve.Agents.Zedrouter;
using Eve.Platform;
using Eve.Testing;
using Eve.Tests.Platform;
using Eve.Topics;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using static Eve.Tests.Zedrouter.Samples;

namespace Eve.Tests.Zedrouter;

/// <summary>Packets in namespaces: one is the device, one what lies outside, one for each app (the far end of a pair in place of a guest's tap).</summary>
[Category("system")]
public class ZedrouterSystemTests
{
    NetworkNamespace _device = null!;
    NetworkNamespace _outside = null!;
    NetworkNamespace _guest1 = null!;
    NetworkNamespace _guest2 = null!;
    TemporaryFolder _folder = null!;
    TestDevice _bus = null!;
    readonly List<IRunningCommand> _services = [];

    [SetUp]
    public async Task SetUp()
    {
        _folder = new();
        (_device, _outside) = (await NetworkNamespace.CreateAsync(), await NetworkNamespace.CreateAsync());
        (_guest1, _guest2) = (await NetworkNamespace.CreateAsync(), await NetworkNamespace.CreateAsync());
        await _device.RunAsync($"ip link add eth0 type veth peer name eth0 netns {_outside.Name}");
        await _device.RunAsync("ip addr add 10.1.0.63/24 dev eth0");
        await _device.RunAsync("ip link set eth0 up");
        await _outside.RunAsync("ip addr add 10.1.0.1/24 dev eth0");
        await _outside.RunAsync("ip link set eth0 up");
        await _outside.RunAsync("ip addr add 198.51.100.7/32 dev lo");
        await _device.RunAsync("ip route add default via 10.1.0.1");
        _bus = new(new EvePaths(_folder.Root), TimeProvider.System, null, "zedclient", "zedagent", "zedmanager", "nim");
        _bus.Publish(ZedclientTopics.OnboardingStatus, new OnboardingStatus(DeviceId));
        _bus.Publish(ZedagentTopics.ConfigItemValueMap, new ConfigItemValueMap());
        _bus.Publish(NimTopics.DeviceNetworkStatus, OnePort);
        _bus.Publish(ZedagentTopics.NetworkInstanceConfig, Instance(Net1) with { DomainName = "apps.test" });
        _bus.Announce(ZedagentTopics.NetworkInstanceConfig);
        _bus.Announce(ZedagentTopics.AppInstanceConfig);
        _bus.Announce(ZedmanagerTopics.AppNetworkConfig);
    }

    [TearDown]
    public async Task TearDown()
    {
        await _bus.DisposeAsync();
        foreach (var service in _services)
            await service.DisposeAsync();
        _services.Clear();
        foreach (var made in new[] { _guest1, _guest2, _outside, _device })
            await made.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task An_app_gets_its_address_reaches_what_it_may_and_is_reached_by_its_port_map()
    {
        Start();
        _bus.Publish(ZedmanagerTopics.AppNetworkConfig, App(App1, "web", Allow(1, ("ip", "198.51.100.0/24"), ("protocol", "tcp"), ("fport", "8080")), PortMap(2, 8081, 80)));
        await BootAsync(_guest1, App1);
        await ServeAsync(_guest1, 80, "hello from web");
        await ServeAsync(_outside, 8080, "hello from outside");
        await ServeAsync(_outside, 8090, "not for you");

        Assert.That(await FetchAsync(_outside, "10.1.0.63:8081"), Is.EqualTo("hello from web"), "by the port map");
        Assert.That(await FetchAsync(_device, "10.1.0.63:8081"), Is.EqualTo("hello from web"), "by the port map, from the device itself");
        Assert.That(await FetchAsync(_guest1, "198.51.100.7:8080"), Is.EqualTo("hello from outside"), "what rule 1 allows");
        Assert.That(await FetchAsync(_guest1, "198.51.100.7:8090"), Is.Empty, "what no rule allows");
        var counts = await Network().CountAsync(CancellationToken.None);
        Assert.That(counts.Drops["tx_drop_nbu1x1"], Is.GreaterThan(0));
        await Eventually.Async(() => Status(App1)!.AppNetAdapterList[0].IPv4Assigned);
        Assert.That(await _guest1.RunAsync("cat /proc/net/arp"), Does.Contain(_bus.Read(ZedrouterTopics.NetworkInstanceStatus, Net1.ToString())!.BridgeMac.ToString()));
    }

    [Test]
    public async Task Apps_reach_each_other_by_name_only_as_both_allow_and_none_can_pretend_to_be_another()
    {
        Start();
        _bus.Publish(ZedmanagerTopics.AppNetworkConfig, App(App1, "one", Allow(1, ("eidset", ""), ("protocol", "tcp"), ("fport", "80"))));
        _bus.Publish(ZedmanagerTopics.AppNetworkConfig, App(App2, "two", Allow(1, ("ip", "10.11.12.0/24"), ("protocol", "tcp"), ("lport", "80"))));
        await BootAsync(_guest1, App1);
        await BootAsync(_guest2, App2);
        await ServeAsync(_guest2, 80, "hello from two");
        await ServeAsync(_guest1, 80, "hello from one");

        Assert.That(await LookUpAsync(_guest1, "two"), Is.EqualTo(Status(App2)!.AppNetAdapterList[0].AssignedAddresses.IPv4Addrs[0].Address));
        Assert.That(await FetchAsync(_guest1, Address(App2) + ":80"), Is.EqualTo("hello from two"));
        Assert.That(await FetchAsync(_guest2, Address(App1) + ":80"), Is.Empty);

        var spoofed = (await Network().CountAsync(CancellationToken.None)).Drops["spoof"];
        await _guest1.RunAsync($"ip addr add {Address(App2)[..^2]}99/32 dev eth0");
        await _guest1.Commands.RunAsync("ping", ["-c1", "-W1", "-I", Address(App2)[..^2] + "99", "10.11.12.1"]);
        Assert.That((await Network().CountAsync(CancellationToken.None)).Drops["spoof"], Is.GreaterThan(spoofed));
    }

    [Test]
    public async Task A_changed_ACL_is_one_change_that_ends_what_is_no_longer_allowed()
    {
        Start();
        _bus.Publish(ZedmanagerTopics.AppNetworkConfig, App(App1, "web", Allow(1, ("ip", "0.0.0.0/0"))));
        await BootAsync(_guest1, App1);
        await ServeAsync(_outside, 8080, "hello from outside");
        Assert.That(await FetchAsync(_guest1, "198.51.100.7:8080"), Is.EqualTo("hello from outside"));

        _bus.Publish(ZedmanagerTopics.AppNetworkConfig, App(App1, "web", Drop(2, ("ip", "198.51.100.0/24")), Allow(1, ("ip", "0.0.0.0/0"))));
        await Eventually.Async(() => Status(App1)!.AppNetAdapterList[0].ACLs.Count == 2);
        await _bus.SettleAsync();
        Assert.That(await FetchAsync(_guest1, "198.51.100.7:8080"), Is.Empty);

        _bus.Publish(ZedmanagerTopics.AppNetworkConfig, App(App1, "web", Allow(3, ("ip", "bad")), Allow(1, ("ip", "0.0.0.0/0"))));
        await Eventually.Async(() => Status(App1)!.Error.Length > 0);
        Assert.That(Status(App1), Has.Property("Activated").True);
        Assert.That(await FetchAsync(_guest1, "198.51.100.7:8080"), Is.Empty, "the former rules stay");
    }

    [Test]
    public async Task A_kill_of_the_agent_tears_nothing_down_and_a_killed_dnsmasq_comes_back()
    {
        var first = _bus.Start("zedrouter", new ZedrouterAgent(new KilledStack(Network())), "zedrouter");
        _bus.Publish(ZedmanagerTopics.AppNetworkConfig, App(App1, "web", PortMap(2, 8081, 80)));
        await BootAsync(_guest1, App1);
        await ServeAsync(_guest1, 80, "hello from web");
        var orphan = Servers().Single();
        var before = await _device.RunAsync("ip -o link show nbu1x1");
        var rules = await _device.RunAsync("nft -a list table inet eve");

        await first.CancelAsync();
        await _bus.SettleAsync();
        Start();
        await Eventually.Async(() => Servers().Any(id => id != orphan));
        await _bus.SettleAsync();
        Assert.That(Servers(), Has.Count.EqualTo(1).And.None.EqualTo(orphan), "the orphan has made way");
        Assert.That(await _device.RunAsync("ip -o link show nbu1x1"), Is.EqualTo(before));
        Assert.That(Rules(await _device.RunAsync("nft -a list table inet eve")), Is.EqualTo(Rules(rules)), "not even the handles have changed");
        Assert.That(await FetchAsync(_outside, "10.1.0.63:8081"), Is.EqualTo("hello from web"));

        var killed = Servers().Single();
        Libc.Kill(killed, Libc.SigKill);
        await Eventually.Async(() => Servers().Any(id => id != killed));
        await BootAsync(_guest1, App1, move: false);
    }

    [Test]
    public async Task What_is_no_longer_wanted_goes_and_the_uplink_may_change_its_address()
    {
        Start();
        _bus.Publish(ZedmanagerTopics.AppNetworkConfig, App(App1, "web", PortMap(2, 8081, 80)));
        await BootAsync(_guest1, App1);
        await ServeAsync(_guest1, 80, "hello from web");
        await _device.RunAsync("ip addr add 10.1.0.64/24 dev eth0");
        await _device.RunAsync("ip addr del 10.1.0.63/24 dev eth0");
        await _device.RunAsync("ip addr add 10.1.0.64/24 dev eth0");
        _bus.Publish(NimTopics.DeviceNetworkStatus, Samples.Network(Port("eth0", "10.1.0.64", "10.1.0.1")));
        await Eventually.Async(() => Fetch("10.1.0.64:8081") == "hello from web");
        Assert.That(await FetchAsync(_outside, "10.1.0.63:8081"), Is.Empty);

        _bus.Remove(ZedmanagerTopics.AppNetworkConfig, App1.ToString());
        _bus.Remove(ZedagentTopics.NetworkInstanceConfig, Net1.ToString());
        await Eventually.Async(() => Status(App1) is null && _bus.Read(ZedrouterTopics.NetworkInstanceStatus, Net1.ToString()) is null);
        Assert.That(await _device.RunAsync("ip -o link show group 70"), Is.Empty);
        Assert.That(await _device.RunAsync("ip rule"), Does.Not.Contain("proto 70"));
        Assert.That(await _device.RunAsync("ip route show table all proto 70"), Is.Empty);
        Assert.That(await _device.RunAsync("nft list table inet eve"), Does.Not.Contain("nbu").And.Not.Contain("bn1"));
        Assert.That(Servers(), Is.Empty);
        await Eventually.Async(() => _bus.ReadAll(ZedrouterTopics.UuidToNum).Count == 0);
    }

    [Test]
    public async Task A_guest_gets_a_tap_and_what_is_read_back_is_what_was_made()
    {
        LinuxApplier Taps() => new(_device.Commands, TimeProvider.System, new EvePaths(_folder.Root), null, NullLogger.Instance);
        _bus.Start("zedrouter", new ZedrouterAgent(Taps()), "zedrouter");
        _bus.Publish(ZedmanagerTopics.AppNetworkConfig, App(App1, "web", Allow(1, ("host", "www.allowed.test"), ("protocol", "tcp"), ("fport", "80-90")), Drop(2, ("eidset", "")), PortMap(3, 53, 53, "udp"), Allow(4, ("protocol", "47"))));
        await Eventually.Async(() => Status(App1) is { Activated: true, PendingAdd: false });
        await _bus.SettleAsync();
        Assert.That(await _device.RunAsync("ip -d link show nbu1x1"), Does.Contain("tun type tap").And.Contain("isolated on"));

        var instances = NetworkInstances.Judge([Instance(Net1) with { DomainName = "apps.test" }], Known(), OnePort, new HashSet<string>());
        var apps = AppNetworks.Judge([_bus.Read(ZedmanagerTopics.AppNetworkConfig, App1.ToString())!], instances, Known(), _ => null);
        var intended = Intended.Items(DeviceId, instances, apps, true, _folder.Path("run/zedrouter"), "root").Where(i => i is not DnsmasqProcess);
        Assert.That((await Taps().ReadAsync(true, CancellationToken.None)).Where(i => i is not DnsmasqProcess), Is.EquivalentTo(intended));
    }

    [Test]
    public async Task Links_that_a_kill_left_half_made_are_made_anew()
    {
        await _device.RunAsync("ip link add name bn1 address 02:00:00:00:00:01 type bridge");
        await _device.RunAsync("ip tuntap add dev nbu1x1 mode tap");
        _bus.Start("zedrouter", new ZedrouterAgent(new LinuxApplier(_device.Commands, TimeProvider.System, new EvePaths(_folder.Root), null, NullLogger.Instance)), "zedrouter");
        _bus.Publish(ZedmanagerTopics.AppNetworkConfig, App(App1, "web", PortMap(1, 8081, 80)));
        await Eventually.Async(() => Status(App1) is { Activated: true, PendingAdd: false });
        Assert.That(await _device.RunAsync("ip -d link show bn1"), Does.Contain("alias eve:ni:"));
        Assert.That(await _device.RunAsync("ip -d link show nbu1x1"), Does.Contain("alias eve:vif:").And.Contain("master bn1"));
    }

    [Test]
    public async Task Rules_that_somebody_has_flushed_come_back()
    {
        var often = ConfigItems.MetricInterval.Key;
        _bus.Publish(ZedagentTopics.ConfigItemValueMap, new ConfigItemValueMap(GlobalSettings: [new(often, new(often, ConfigItemType.Int, IntValue: 5))]));
        Start();
        _bus.Publish(ZedmanagerTopics.AppNetworkConfig, App(App1, "web", Allow(1, ("ip", "198.51.100.0/24"), ("protocol", "tcp"), ("fport", "8080")), PortMap(2, 8081, 80)));
        await BootAsync(_guest1, App1);
        await ServeAsync(_guest1, 80, "hello from web");
        await ServeAsync(_outside, 8090, "not for you");
        Assert.That(await FetchAsync(_outside, "10.1.0.63:8081"), Is.EqualTo("hello from web"));
        var rules = Rules(await _device.RunAsync("nft -s list ruleset"));

        await _device.RunAsync("nft flush ruleset");
        Assert.That(await FetchAsync(_outside, "10.1.0.63:8081"), Is.Empty, "they are gone");
        await Eventually.Async(() => Fetch("10.1.0.63:8081") == "hello from web");
        Assert.That(Rules(await _device.RunAsync("nft -s list ruleset")), Is.EqualTo(rules));
        Assert.That(await FetchAsync(_guest1, "198.51.100.7:8090"), Is.Empty, "what no rule allows");
    }

    Numbers Known() => new(
        [.. _bus.ReadAll(ZedrouterTopics.UuidToNum).Values], [.. _bus.ReadAll(ZedrouterTopics.UUIDPairAndIfIdxToNum).Values], [.. _bus.ReadAll(ZedrouterTopics.AppMACGenerator).Values]);

    CancellationTokenSource Start() => _bus.Start("zedrouter", new ZedrouterAgent(Network()), "zedrouter");

    LinuxApplier Network() => new(_device.Commands, TimeProvider.System, new EvePaths(_folder.Root), null, NullLogger.Instance, pairs: true);

    AppNetworkStatus? Status(Guid app) => _bus.Read(ZedrouterTopics.AppNetworkStatus, app.ToString());

    string Address(Guid app) => Status(app)!.AppNetAdapterList[0].AssignedAddresses.IPv4Addrs[0].Address;

    // The far end of the pair becomes the guest's card; it asks for an address as any guest does.
    async Task BootAsync(NetworkNamespace guest, Guid app, bool move = true)
    {
        await Eventually.Async(() => Status(app) is { Activated: true, PendingAdd: false });
        await _bus.SettleAsync();
        var adapter = Status(app)!.AppNetAdapterList[0];
        if (move)
        {
            await _device.RunAsync($"ip link set {adapter.Vif}p netns {guest.Name}");
            await guest.RunAsync($"ip link set {adapter.Vif}p name eth0 address {adapter.Mac} up");
        }
        var script = _folder.Path("udhcpc");
        File.WriteAllText(script, "#!/bin/sh\n[ \"$1\" = bound ] || exit 0\nip addr replace $ip/$mask dev $interface\nip route replace default via $router\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var lease = await guest.RunAsync($"busybox udhcpc -i eth0 -n -q -f -t 10 -T 1 -s {script}");
        Assert.That(await guest.RunAsync("ip -4 -o addr show eth0"), Does.Contain(Address(app) + "/24"), lease);
    }

    async Task ServeAsync(NetworkNamespace where, int port, string text)
    {
        var folder = Directory.CreateDirectory(_folder.Path(where.Name + port)).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "index.html"), text);
        _services.Add(await where.Commands.StartAsync("busybox", ["httpd", "-f", "-p", port.ToString(CultureInfo.InvariantCulture), "-h", folder]));
        await Eventually.Async(() => where.RunAsync("ss -Hltn").GetAwaiter().GetResult().Contains($":{port} ", StringComparison.Ordinal));
    }

    static async Task<string> FetchAsync(NetworkNamespace where, string address) =>
        (await where.Commands.RunAsync("curl", ["-s", "-m", "2", $"http://{address}/"])).Output;

    string Fetch(string address) => FetchAsync(_outside, address).GetAwaiter().GetResult();

    static async Task<string> LookUpAsync(NetworkNamespace guest, string name)
    {
        var answer = (await guest.Commands.RunAsync("busybox", ["nslookup", name, "10.11.12.1"])).Output;
        return answer.Split('\n').Where(l => l.StartsWith("Address", StringComparison.Ordinal)).Select(l => l.Split(' ')[^1]).LastOrDefault() ?? answer;
    }

    IReadOnlyList<int> Servers() =>
        [.. _device.RunAsync($"ip netns pids {_device.Name}").GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => int.Parse(l, CultureInfo.InvariantCulture)).Where(IsServer)];

    static bool IsServer(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").StartsWith("dnsmasq", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    static IEnumerable<string> Rules(string listing) => listing.Split('\n').Where(l => !l.Contains("packets", StringComparison.Ordinal));

    /// <summary>One whose process is killed: it ends nothing.</summary>
    sealed class KilledStack(INetworkStack inner) : INetworkStack
    {
        public string? Refusal => inner.Refusal;
        public bool CanModify(Item from, Item to) => inner.CanModify(from, to);
        public Task ApplyAsync(Operation operation, CancellationToken cancellationToken) => inner.ApplyAsync(operation, cancellationToken);
        public Task PrepareAsync(CancellationToken cancellationToken) => inner.PrepareAsync(cancellationToken);
        public Task<IReadOnlyList<Item>> ReadAsync(bool filter, CancellationToken cancellationToken) => inner.ReadAsync(filter, cancellationToken);
        public IAsyncEnumerable<string> WatchAsync(CancellationToken cancellationToken) => inner.WatchAsync(cancellationToken);
        public IReadOnlyList<Lease> Leases() => inner.Leases();
        public Task<NetworkCounts> CountAsync(CancellationToken cancellationToken) => inner.CountAsync(cancellationToken);
        public Task StopAsync() => Task.CompletedTask;
    }
}
