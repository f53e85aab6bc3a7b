using Eve.Agents.Nim;
using Eve.Agents.Shared;
using Eve.Testing;
using Eve.Tests.Platform;
using Eve.Topics;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using static Eve.Tests.Nim.NimSamples;

namespace Eve.Tests.Nim;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class NimAgentTests
{
    readonly FakeTimeProvider _time = new(Noon);
    readonly FakeNetwork _network = new() { Facts = Facts("eth0", "eth1") };
    readonly FakeConnectivity _controller = new();
    TestDevice _device = null!;

    [SetUp]
    public void Make() => _device = new(_time, AgentNames.Zedagent, AgentNames.Nim);

    [TearDown]
    public async Task End() => await _device.DisposeAsync();

    DeviceNetworkStatus Status => _device.Read(NimTopics.DeviceNetworkStatus, "global")!;
    DevicePortConfigList List => _device.Read(NimTopics.DevicePortConfigList, "global")!;

    async Task<CancellationTokenSource> StartAsync()
    {
        var stop = _device.Start(AgentNames.Nim, new NimAgent(_network, _controller));
        await _device.SettleAsync();
        return stop;
    }

    async Task LeaseAsync(params string[] links)
    {
        await ShowAsync(_network.Facts with { Leases = [.. links.Select((l, i) => Lease(l, $"10.{i + 1}.0.63", $"10.{i + 1}.0.1"))] });
    }

    async Task ShowAsync(NetworkFacts facts)
    {
        _network.Facts = facts;
        await Eventually.Async(() => _network.Seen);
        await _device.SettleAsync();
    }

    async Task PassAsync(double seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        await _device.SettleAsync();
    }

    async Task GiveAsync(params NetworkPortConfig[] ports)
    {
        _device.Publish(ZedagentTopics.DevicePortConfig, "zedagent", Config("", 3, ports));
        _device.Announce(ZedagentTopics.DevicePortConfig);
        await _device.SettleAsync();
    }

    [Test]
    public async Task A_device_without_configuration_comes_up_by_the_last_resort()
    {
        await StartAsync();
        Assert.That((Status.DPCKey, Status.State, Status.Testing, Status.CurrentIndex, Status.Ports.Count), Is.EqualTo(("lastresort", DPCState.IpDnsWait, true, 0, 2)));
        Assert.That((_device.IsReady(NimTopics.DevicePortConfigList), _device.IsReady(NimTopics.DeviceNetworkStatus)), Is.EqualTo((true, true)));
        Assert.That(_network.Applied.Single().Ports.Select(p => p.Dhcp), Is.EqualTo(new[] { new DhcpClient("eth0", true), new DhcpClient("eth1", true) }));

        await LeaseAsync("eth0");
        var port = Status.Ports[0];
        Assert.Multiple(() =>
        {
            Assert.That((Status.State, Status.Testing, Status.Version), Is.EqualTo((DPCState.Success, false, DevicePortConfigVersion.IsMgmt)));
            Assert.That((port.AddrInfoList.Single().Addr, port.IPv4Subnet?.ToString(), port.DefaultRouters.Single()), Is.EqualTo(("10.1.0.63", "10.1.0.0/24", "10.1.0.1")));
            Assert.That((port.DNSServers.Single(), port.NtpServers.Single(), port.Up, port.MTU), Is.EqualTo(("10.1.0.1", "10.1.0.2", true, 1500)));
            Assert.That(port.LastSucceeded, Is.EqualTo((GoTime)Noon));
            Assert.That((List.CurrentIndex, List.PortConfigList.Single().State), Is.EqualTo((0, DPCState.Success)));
        });
    }

    [Test]
    public async Task The_controllers_configuration_takes_over_and_the_other_port_is_left()
    {
        await StartAsync();
        await LeaseAsync("eth0", "eth1");
        await GiveAsync(Port("eth0"));
        Assert.Multiple(() =>
        {
            Assert.That((Status.DPCKey, Status.State, Status.CurrentIndex), Is.EqualTo(("zedagent", DPCState.Success, 0)));
            Assert.That(_network.Applied[^1].Ports.Select(p => p.Link), Is.EqualTo(new[] { "eth0" }));
            Assert.That(List.PortConfigList.Select(c => c.Key), Is.EqualTo(new[] { "zedagent" }));
        });
    }

    [Test]
    public async Task It_falls_back_when_the_controllers_configuration_fails_and_returns_after_600_s()
    {
        await StartAsync();
        await LeaseAsync("eth0");
        await GiveAsync(Port("eth1"));
        Assert.That((Status.DPCKey, Status.State), Is.EqualTo(("zedagent", DPCState.IpDnsWait)));
        await PassAsync(150);
        Assert.That((Status.DPCKey, Status.State, Status.CurrentIndex), Is.EqualTo(("lastresort", DPCState.Success, 1)));
        Assert.That(List.PortConfigList[0].LastError, Does.Contain("No management port"));

        await LeaseAsync("eth0", "eth1");
        await PassAsync(300);
        Assert.That(Status.DPCKey, Is.EqualTo("lastresort"));
        await PassAsync(300);
        Assert.That((Status.DPCKey, Status.State, Status.CurrentIndex), Is.EqualTo(("zedagent", DPCState.Success, 0)));
    }

    [Test]
    public async Task An_unreachable_controller_is_noticed_at_the_second_test_and_its_return_too()
    {
        await StartAsync();
        await LeaseAsync("eth0");
        _controller.Reach = _ => PortReach.Nobody;
        await PassAsync(300);
        Assert.That(Status.State, Is.EqualTo(DPCState.Success));
        await PassAsync(300);
        Assert.That((Status.State, Status.Ports[0].LastError), Is.EqualTo((DPCState.FailWithIpAndDns, "eth0: nobody answers")));
        _controller.Reach = _ => PortReach.Controller;
        await PassAsync(300);
        Assert.That((Status.State, Status.Ports[0].LastError), Is.EqualTo((DPCState.Success, "")));
    }

    [Test]
    public async Task A_lost_lease_is_told_at_once_and_its_return_is_tested()
    {
        await StartAsync();
        await LeaseAsync("eth0");
        await ShowAsync(_network.Facts with { Leases = [new("eth0", false)], Links = [Link("eth0", carrier: false), Link("eth1", 3)] });
        Assert.That((Status.State, Status.Testing, Status.Ports[0].AddrInfoList.Count, Status.Ports[0].Up), Is.EqualTo((DPCState.IpDnsWait, true, 0, false)));
        var tests = _controller.Tests;
        await LeaseAsync("eth0");
        Assert.That((Status.State, _controller.Tests), Is.EqualTo((DPCState.Success, tests + 1)));
    }

    [Test]
    public async Task A_stored_list_is_used_without_waiting_for_the_controller()
    {
        _device.Publish(NimTopics.DevicePortConfigList, new DevicePortConfigList(0, [Config("zedagent", 1, StaticPort("eth0")) with { LastFailed = Noon }]));
        await StartAsync();
        Assert.That((Status.DPCKey, Status.State, Status.Ports[0].ConfiguredIP, Status.Ports[0].Dhcp), Is.EqualTo(("zedagent", DPCState.Success, "10.1.0.9", DhcpType.Static)));
        _device.Announce(ZedagentTopics.DevicePortConfig, complete: false);
        await _device.SettleAsync();
        Assert.That(Status.DPCKey, Is.EqualTo("zedagent"), "a controller that has said nothing yet takes nothing away");
        _device.Announce(ZedagentTopics.DevicePortConfig);
        await _device.SettleAsync();
        Assert.That(Status.DPCKey, Is.EqualTo("lastresort"));
    }

    [Test]
    public async Task A_missing_interface_is_named()
    {
        await StartAsync();
        await GiveAsync(Port("eth7"));
        Assert.That((Status.State, Status.Ports.Single().LastError), Is.EqualTo((DPCState.IntfWait, "eth7: there is no interface eth7; check the name, and whether the device is plugged in or assigned to an app.")));
        var since = Status.Ports.Single().LastFailed;
        Assert.That(since, Is.GreaterThan(Status.Ports.Single().LastSucceeded), "else it counts as no error");
        _time.Advance(TimeSpan.FromSeconds(31));
        await _device.SettleAsync();
        Assert.That(Status.Ports.Single().LastFailed, Is.EqualTo(since));
    }

    [Test]
    public async Task Its_end_leaves_addresses_and_publications()
    {
        var stop = await StartAsync();
        await LeaseAsync("eth0");
        await stop.CancelAsync();
        await _device.SettleAsync();
        Assert.That((_network.Ended, _network.Applied[^1].Ports[0].Addresses.Count, Status.State), Is.EqualTo((1, 1, DPCState.Success)));
    }

    [Test]
    public async Task Where_it_may_not_manage_the_network_it_says_so_and_looks()
    {
        await using var device = new TestDevice(_time, AgentNames.Zedagent, AgentNames.Nim);
        device.Start(AgentNames.Nim, new NimAgent(new FakeNetwork { Refusal = "Not here.", Facts = Facts("eth0") }, _controller));
        await device.SettleAsync();
        Assert.That(device.Read(NimTopics.DeviceNetworkStatus, "global")!.Ports[0].LastWarning, Is.EqualTo("Not here."));
    }

    [Test]
    public void Only_a_trusted_answer_says_that_a_port_works()
    {
        Assert.Multiple(() =>
        {
            Assert.That(ControllerTest.Judge(new() { HttpCode = 200 }), Is.EqualTo(PortReach.Controller));
            Assert.That(ControllerTest.Judge(new() { HttpCode = 503, Status = SenderStatus.Upgrade }), Is.EqualTo(PortReach.Temporary));
            Assert.That(ControllerTest.Judge(new() { Status = SenderStatus.Refused }), Is.EqualTo(PortReach.Temporary));
            Assert.That(ControllerTest.Judge(new() { Status = SenderStatus.CertInvalid }), Is.EqualTo(PortReach.Temporary));
            Assert.That(ControllerTest.Judge(new() { Status = SenderStatus.CertUnknownAuthority }), Is.EqualTo(PortReach.Nobody));
            Assert.That(ControllerTest.Judge(new() { Status = SenderStatus.Failed }), Is.EqualTo(PortReach.Nobody));
        });
    }
}
