using System.Net;
using Eve.Platform;
using Eve.Testing;
using NUnit.Framework;

namespace Eve.Tests.Platform;

public class IprouteTests
{
    static Iproute Real(NetworkNamespace space) => new(space.Commands, TimeProvider.System);

    static IpLine[] Lines(string text) => [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => Line(line.Split(' ')))];

    static IpLine Line(string[] words) => words.Aggregate(IpLine.Of($""), (line, word) => line.Text.Length == 0 ? IpLine.Of($"{word}") : IpLine.Of($"{line} {word}"));

    [TestCase("eth0; reboot")]
    [TestCase("eth0 up")]
    [TestCase("a\nlink del eth0")]
    [TestCase("-force")]
    [TestCase("#")]
    [TestCase("'x'")]
    [TestCase("")]
    public void Nothing_but_a_plain_word_gets_into_a_line(string name) =>
        Assert.That(() => IpLine.Of($"link set dev {name} up"), Throws.TypeOf<EveException>().With.Message.Contains("cannot be used in a network command"));

    [Test]
    public void A_line_is_filled_in() => Assert.That(
        IpLine.Of($"route replace {IPNetwork.Parse("10.1.0.0/24")} dev {"eth0.5"} src {IPAddress.Parse("10.1.0.63")} metric {10u}").Text,
        Is.EqualTo("route replace 10.1.0.0/24 dev eth0.5 src 10.1.0.63 metric 10"));

    [Test]
    public async Task A_failing_line_is_reported_and_the_rest_still_runs()
    {
        var commands = new RecordingCommands(call => call.Input!.StartsWith("link set dev nope", StringComparison.Ordinal)
            ? RecordingCommands.Fails(call, "Cannot find device \"nope\"\nCommand failed -:1\n")
            : call.Input.Contains("nope", StringComparison.Ordinal)
                ? RecordingCommands.Fails(call, "Cannot find device \"nope\"\nCommand failed -:2\n")
                : null);
        var failures = await new Iproute(commands, TimeProvider.System).ApplyAsync(
            IpBatch.Ip, Lines("link set dev a up\n link set dev nope up\n link set dev b up\n link set dev nope down\n link set dev c up"), default);

        Assert.That(failures.Select(failure => (failure.Index, failure.Error)), Is.EqualTo(new[]
        {
            (1, "Cannot find device \"nope\""), (3, "Cannot find device \"nope\""),
        }));
        Assert.That(commands.Calls[^1].Input, Is.EqualTo("link set dev c up\n"));
    }

    [Test]
    public async Task Nothing_to_do_runs_nothing()
    {
        var commands = new RecordingCommands();
        Assert.That(await new Iproute(commands, TimeProvider.System).ApplyAsync(IpBatch.Ip, [], default), Is.Empty);
        Assert.That(commands.Calls, Is.Empty);
    }

    [Test]
    public void Output_that_is_not_understood_is_a_clear_failure() =>
        Assert.That(() => IprouteParse.Links("[{"), Throws.TypeOf<EveException>().With.Message.StartsWith("iproute2 wrote what is not understood"));

    [Test, Category("system")]
    public async Task What_is_applied_is_read_back()
    {
        await using var space = await NetworkNamespace.CreateAsync();
        var iproute = Real(space);
        Assert.That(await iproute.ApplyAsync(IpBatch.Ip, Lines("""
            link add name bn1 address 00:16:3e:06:00:01 type bridge stp_state 0 forward_delay 0 mcast_snooping 0
            link set dev bn1 group 70 alias eve:ni:1
            link set dev bn1 mtu 1400 up
            addr add 10.11.12.1/24 dev bn1
            tuntap add dev nbu1x1 mode tap
            link set dev nbu1x1 master bn1 mtu 1400 group 70 up
            link set dev nbu1x1 type bridge_slave isolated on guard on learning off flood off mcast_flood off bcast_flood off
            link add eth0 type veth peer name eth0p
            link set eth0 up
            link set eth0p up
            addr replace 10.1.0.63/24 brd + dev eth0 noprefixroute
            route replace 10.1.0.0/24 dev eth0 src 10.1.0.63 metric 10 proto 69
            route replace default via 10.1.0.1 dev eth0 src 10.1.0.63 metric 10 proto 69
            route replace default via 10.1.0.1 dev eth0 src 10.1.0.63 table 502 proto 69
            route add unreachable default metric 4294967295 table 801 proto 70
            route add 192.0.2.0/24 table 503 nexthop via 10.1.0.1 dev eth0 nexthop via 10.1.0.2 dev eth0
            rule add prio 15000 from 10.1.0.63 lookup 502 proto 69
            rule add prio 10000 iif bn1 lookup 801 proto 70
            rule add prio 11000 to 10.11.12.0/24 lookup 801 proto 70
            rule add prio 20000 fwmark 0x10000000/0xf0000000 lookup 900
            """), default), Is.Empty);
        Assert.That(await iproute.ApplyAsync(IpBatch.V6, Lines("""
            addr add fd00::5/64 dev eth0 nodad
            route add default via fd00::1 dev eth0 metric 10 proto 69
            rule add prio 15000 from fd00::5 lookup 502 proto 69
            """), default), Is.Empty);
        Assert.That(await iproute.ApplyAsync(IpBatch.Bridge, Lines("fdb replace 02:16:3e:00:01:01 dev nbu1x1 master static"), default), Is.Empty);

        CheckLinks(await iproute.LinksAsync(default));
        var addresses = await iproute.AddressesAsync(default);
        Assert.That(addresses, Does.Contain(new LinkAddress("eth0", IPAddress.Parse("10.1.0.63"), 24, NoPrefixRoute: true))
            .And.Contain(new LinkAddress("bn1", IPAddress.Parse("10.11.12.1"), 24)).And.Contain(new LinkAddress("eth0", IPAddress.Parse("fd00::5"), 64))
            .And.Contain(new LinkAddress("lo", IPAddress.Parse("127.0.0.1"), 8, AddressScope.Host)));
        CheckRoutes(await iproute.RoutesAsync(default));
        CheckRules(await iproute.RulesAsync(default));
        Assert.That(await iproute.FdbAsync(default), Does.Contain(new FdbEntry("02:16:3e:00:01:01", "nbu1x1", "bn1", "static", false)));
    }

    static void CheckLinks(IReadOnlyList<Link> links)
    {
        var bridge = links.Single(link => link.Name == "bn1");
        Assert.That(bridge, Is.EqualTo(new Link(
            bridge.Index, "bn1", "00:16:3e:06:00:01", 1400, Up: true, Carrier: false, Alias: "eve:ni:1", Group: 70, Kind: "bridge", Counters: bridge.Counters)));
        var tap = links.Single(link => link.Name == "nbu1x1");
        Assert.That((tap.Master, tap.Kind, tap.Port), Is.EqualTo(("bn1", "tun", (BridgePort?)new BridgePort(true, true, false, false, false, false))));
        var port = links.Single(link => link.Name == "eth0");
        Assert.That((port.Up, port.Carrier, port.Kind, port.Port), Is.EqualTo((true, true, "veth", (BridgePort?)null)));
        Assert.That(port.Counters.TxPackets + port.Counters.RxPackets, Is.GreaterThanOrEqualTo(0));
    }

    static void CheckRoutes(IReadOnlyList<Route> routes)
    {
        var (any, source, gateway) = (IPNetwork.Parse("0.0.0.0/0"), IPAddress.Parse("10.1.0.63"), IPAddress.Parse("10.1.0.1"));
        Assert.That(routes, Is.SupersetOf(new[]
        {
            new Route(any, Route.MainTable, "eth0", gateway, source, 10, 69),
            new Route(any, 502, "eth0", gateway, source, 0, 69),
            new Route(any, 801, null, Metric: uint.MaxValue, Protocol: 70, Type: RouteType.Unreachable),
            new Route(IPNetwork.Parse("10.1.0.0/24"), Route.MainTable, "eth0", null, source, 10, 69, AddressScope.Link),
            new Route(IPNetwork.Parse("10.11.12.0/24"), Route.MainTable, "bn1", null, IPAddress.Parse("10.11.12.1"), 0, 2, AddressScope.Link, LinkDown: true),
            new Route(IPNetwork.Parse("192.0.2.0/24"), 503, NextHops: [new(gateway, "eth0", 1), new(IPAddress.Parse("10.1.0.2"), "eth0", 1)]),
            new Route(IPNetwork.Parse("::/0"), Route.MainTable, "eth0", IPAddress.Parse("fd00::1"), null, 10, 69),
        }));
    }

    static void CheckRules(IReadOnlyList<RouteRule> rules) => Assert.That(rules, Is.EqualTo(new[]
    {
        new RouteRule(0, Route.LocalTable),
        new RouteRule(10000, 801, Iif: "bn1", Protocol: 70),
        new RouteRule(11000, 801, To: IPNetwork.Parse("10.11.12.0/24"), Protocol: 70),
        new RouteRule(15000, 502, From: IPNetwork.Parse("10.1.0.63/32"), Protocol: 69),
        new RouteRule(20000, 900, FwMark: 0x10000000, FwMask: 0xf0000000),
        new RouteRule(32766, Route.MainTable),
        new RouteRule(32767, 253),
        new RouteRule(0, Route.LocalTable, IsV6: true),
        new RouteRule(15000, 502, From: IPNetwork.Parse("fd00::5/128"), Protocol: 69, IsV6: true),
        new RouteRule(32766, Route.MainTable, IsV6: true),
    }));

    [Test, Category("system")]
    public async Task Lines_that_fail_do_not_hold_the_others_up_even_those_that_ip_cannot_parse()
    {
        await using var space = await NetworkNamespace.CreateAsync();
        var iproute = Real(space);
        var failures = await iproute.ApplyAsync(IpBatch.Ip, Lines("""
            addr add 10.9.0.1/24 dev lo
            link set dev nope up
            rule add prio 100 lookup 7
            addr add 1.2.3.4/33 dev lo
            addr add 10.9.1.1/24 dev lo
            route add 10.20.0.0/16 via 172.16.0.1
            """), default);
        Assert.That(failures.Select(failure => (failure.Index, failure.Error)), Is.EqualTo(new[]
        {
            (1, "Cannot find device \"nope\""), (3, "any valid prefix is expected rather than \"1.2.3.4/33\"."), (5, "Nexthop has invalid gateway."),
        }));
        Assert.That((await iproute.AddressesAsync(default)).Select(address => address.Address.ToString()), Does.Contain("10.9.0.1").And.Contain("10.9.1.1"));
        Assert.That((await iproute.RulesAsync(default)).Count(rule => rule.Priority == 100), Is.EqualTo(1));
    }

    [Test, Category("system")]
    public async Task The_monitor_rings_once_it_listens_and_at_each_change()
    {
        await using var space = await NetworkNamespace.CreateAsync();
        var iproute = Real(space);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var rings = iproute.MonitorAsync(stop.Token).GetAsyncEnumerator(stop.Token);
        Assert.That(await rings.MoveNextAsync());
        Assert.That(rings.Current, Is.Empty);
        foreach (var line in new[] { "ip link add eth0 type veth peer name eth0p", "ip addr add 10.9.0.1/24 dev lo", "ip rule add prio 100 lookup 7", "ip route add 10.8.0.0/24 dev lo" })
        {
            await space.RunAsync(line);
            Assert.That(await rings.MoveNextAsync(), line);
            Assert.That(rings.Current, Is.Not.Empty);
        }
    }
}
