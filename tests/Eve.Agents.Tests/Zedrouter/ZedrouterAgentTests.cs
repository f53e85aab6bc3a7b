using Eve.Agents.Zedrouter;
using Eve.Testing;
using Eve.Topics;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using static Eve.Tests.Zedrouter.Samples;

namespace Eve.Tests.Zedrouter;

public class ZedrouterAgentTests
{
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));
    TestDevice _device = null!;
    FakeNetworkStack _network = null!;

    [SetUp]
    public void SetUp() => (_network, _device) = (new(), NewDevice());

    [TearDown]
    public async Task TearDown() => await _device.DisposeAsync();

    TestDevice NewDevice(bool ports = true)
    {
        var device = new TestDevice(_time, "zedclient", "zedagent", "zedmanager", "nim", "zedrouter");
        device.Publish(ZedclientTopics.OnboardingStatus, new OnboardingStatus(DeviceId));
        device.Publish(ZedagentTopics.ConfigItemValueMap, new ConfigItemValueMap());
        if (ports)
            device.Publish(NimTopics.DeviceNetworkStatus, OnePort);
        return device;
    }

    CancellationTokenSource Start() => _device.Start("zedrouter", new ZedrouterAgent(_network));

    void Complete()
    {
        _device.Announce(ZedagentTopics.NetworkInstanceConfig);
        _device.Announce(ZedagentTopics.AppInstanceConfig);
        _device.Announce(ZedmanagerTopics.AppNetworkConfig);
    }

    async Task<FakeNetworkStack> WithOneAppAsync(params ACE[] acl)
    {
        Start();
        Complete();
        _device.Publish(ZedagentTopics.NetworkInstanceConfig, Instance(Net1));
        _device.Publish(ZedagentTopics.AppInstanceConfig, new AppInstanceConfig(new(App1, "1")));
        _device.Publish(ZedmanagerTopics.AppNetworkConfig, App(App1, "web", acl));
        await _device.SettleAsync();
        _network.Done();
        return _network;
    }

    AppNetworkStatus? App(Guid id) => _device.Read(ZedrouterTopics.AppNetworkStatus, id.ToString());

    static AppNetworkConfig App(Guid id, string name, params ACE[] acl) => Samples.App(id, name, acl);

    NetworkInstanceStatus? Net(Guid id) => _device.Read(ZedrouterTopics.NetworkInstanceStatus, id.ToString());

    [Test]
    public async Task A_network_instance_and_an_app_come_up_in_order()
    {
        Start();
        _device.Publish(ZedagentTopics.NetworkInstanceConfig, Instance(Net1));
        _device.Publish(ZedmanagerTopics.AppNetworkConfig, App(App1, "web", Allow(1)));
        await _device.SettleAsync();

        Assert.That(_network.Done(), Is.EqualTo(new[]
        {
            "+nft/eve", "+nft/bn1", "+bridge/bn1", "+address/bn1", "+dnsmasq/bn1", "+nft/nbu1x1", "+route/801/0.0.0.0/0", "+route/801/0.0.0.0/0/unreachable",
            "+route/801/10.1.0.0/24", "+route/801/10.11.12.0/24", "+rule/10000/bn1", "+rule/11000/bn1", "+vif/nbu1x1",
        }));
        var (net, app) = (Net(Net1)!, App(App1)!);
        Assert.That((net.Activated, net.Error, net.BridgeName, net.BridgeIPAddr, net.Ports[0]), Is.EqualTo((true, "", "bn1", "10.11.12.1", "eth0-label")));
        Assert.That((app.Activated, app.PendingAdd, app.ConfigInSync, app.AppNum, app.MACGenerator, app.Error), Is.EqualTo((true, false, true, 1, 2, "")));
        var adapter = app.AppNetAdapterList[0];
        Assert.That((adapter.Vif, adapter.Bridge, adapter.HostName, adapter.AssignedAddresses.IPv4Addrs[0].Address, adapter.MTU), Is.EqualTo(("nbu1x1", "bn1", App1.ToString(), "10.11.12.20", (ushort)1500)));
        Assert.That(net.Vifs[0], Is.EqualTo(new VifNameMac("nbu1x1", adapter.Mac, App1)));
        Assert.That(net.IPAssignments.Keys, Is.EquivalentTo(new[] { net.BridgeMac.ToString(), adapter.Mac.ToString() }));
        Assert.That(_device.IsReady(ZedrouterTopics.AppNetworkStatus), Is.True);
    }

    [Test]
    public async Task An_app_waits_for_its_network_instance_without_an_error()
    {
        Start();
        _device.Publish(ZedmanagerTopics.AppNetworkConfig, App(App1, "web"));
        await _device.SettleAsync();
        Assert.That((App(App1)!.AwaitNetworkInstance, App(App1)!.Activated, App(App1)!.Error), Is.EqualTo((true, false, "")));

        _device.Publish(ZedagentTopics.NetworkInstanceConfig, Instance(Net1));
        await _device.SettleAsync();
        Assert.That((App(App1)!.AwaitNetworkInstance, App(App1)!.Activated), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task A_changed_ACL_changes_the_apps_part_of_the_packet_filter_alone()
    {
        var network = await WithOneAppAsync(Allow(1));
        _device.Publish(ZedmanagerTopics.AppNetworkConfig, App(App1, "web", Drop(2, ("ip", "192.0.2.0/24")), Allow(1)));
        await _device.SettleAsync();
        Assert.That(network.Done(), Is.EqualTo(new[] { "~nft/nbu1x1" }));
        Assert.That((App(App1)!.PendingModify, App(App1)!.AppNetAdapterList[0].ACLs.Count), Is.EqualTo((false, 2)));
    }

    [Test]
    public async Task A_change_that_cannot_be_leaves_the_app_running_as_it_is_and_says_why()
    {
        var network = await WithOneAppAsync(Allow(1));
        _device.Publish(ZedmanagerTopics.AppNetworkConfig, App(App1, "web", Allow(1) with { Actions = [new(Limit: true, LimitRate: 5)] }));
        await _device.SettleAsync();
        Assert.That(network.Done(), Is.Empty);
        Assert.That(App(App1)!.Activated, Is.True);
        Assert.That(App(App1)!.Error, Does.Contain("ACL rule 1: rate limits are not built yet"));
        var since = App(App1)!.ErrorTime;
        _time.Advance(TimeSpan.FromMinutes(2));
        await _device.SettleAsync();
        Assert.That(App(App1)!.ErrorTime, Is.EqualTo(since));
        _device.Publish(ZedmanagerTopics.AppNetworkConfig, App(App1, "web", Allow(1)));
        await _device.SettleAsync();
        Assert.That(App(App1)!.Error, Is.Empty);
    }

    [Test]
    public async Task A_deleted_app_leaves_before_its_network_instance_and_gives_its_numbers_back()
    {
        var network = await WithOneAppAsync();
        _device.Remove(ZedagentTopics.NetworkInstanceConfig, Net1.ToString());
        _device.Remove(ZedagentTopics.AppInstanceConfig, App1.ToString());
        await _device.SettleAsync();
        Assert.That(network.Done(), Is.Empty);
        Assert.That(Net(Net1)!.ChangeInProgress, Is.EqualTo(ChangeInProgressType.Delete));
        Assert.That(App(App1)!.Activated, Is.True);

        _device.Remove(ZedmanagerTopics.AppNetworkConfig, App1.ToString());
        await _device.SettleAsync();
        Assert.That(network.Machine.Keys, Is.EqualTo(new[] { "nft/eve" }));
        Assert.That(App(App1), Is.Null);
        await _device.SettleAsync();
        Assert.That((Net(Net1), _device.ReadAll(ZedrouterTopics.UUIDPairAndIfIdxToNum).Count, _device.ReadAll(ZedrouterTopics.AppMACGenerator).Count), Is.EqualTo(((NetworkInstanceStatus?)null, 0, 0)));
    }

    [Test]
    public async Task Nothing_is_removed_until_it_is_certain_that_it_is_gone()
    {
        await WithOneAppAsync();
        await _device.DisposeAsync();
        _device = NewDevice(ports: false);          // all of zedbox was killed: topics are gone, the machine is not
        Start();
        _device.Publish(ZedagentTopics.NetworkInstanceConfig, Instance(Net1));
        await _device.SettleAsync();
        Assert.That(_network.Done(), Is.Empty, "nim has not told of any port");
        _device.Publish(NimTopics.DeviceNetworkStatus, OnePort);
        await _device.SettleAsync();
        Assert.That(_network.Done(), Is.Empty);

        _device.Announce(ZedagentTopics.NetworkInstanceConfig);
        _device.Announce(ZedmanagerTopics.AppNetworkConfig);
        await _device.SettleAsync();
        Assert.That(_network.Done(), Is.Empty, "zedmanager may just not have come to it");

        _device.Publish(ZedagentTopics.AppInstanceConfig, new AppInstanceConfig(new(App1, "1")));
        _device.Announce(ZedagentTopics.AppInstanceConfig);
        await _device.SettleAsync();
        Assert.That(_network.Done(), Is.Empty, "the app is configured");

        _device.Remove(ZedagentTopics.AppInstanceConfig, App1.ToString());
        _device.Remove(ZedagentTopics.NetworkInstanceConfig, Net1.ToString());
        await _device.SettleAsync();
        Assert.That(_network.Machine.Keys, Is.EqualTo(new[] { "nft/eve" }));
    }

    [Test]
    public async Task A_subnet_that_the_uplink_has_takes_the_network_instance_down_but_leaves_the_guests_their_taps()
    {
        var network = await WithOneAppAsync();
        _device.Publish(NimTopics.DeviceNetworkStatus, Network(Port("eth0", "10.11.12.63", "10.11.12.1")));
        await _device.SettleAsync();
        Assert.That(network.Machine.Keys, Is.EquivalentTo(new[] { "nft/eve", "nft/bn1", "bridge/bn1", "nft/nbu1x1", "vif/nbu1x1" }));
        Assert.That((Net(Net1)!.Activated, Net(Net1)!.IPConflictErr.Error.Length > 0), Is.EqualTo((false, true)));

        _device.Publish(NimTopics.DeviceNetworkStatus, OnePort);
        await _device.SettleAsync();
        Assert.That((Net(Net1)!.Activated, Net(Net1)!.Error, App(App1)!.Activated), Is.EqualTo((true, "", true)));
    }

    [Test]
    public async Task Numbers_and_addresses_outlive_a_reboot()
    {
        await WithOneAppAsync();
        var (before, numbers) = (App(App1)!.AppNetAdapterList[0], _device.ReadAll(ZedrouterTopics.UuidToNum));
        var (interfaces, generators) = (_device.ReadAll(ZedrouterTopics.UUIDPairAndIfIdxToNum), _device.ReadAll(ZedrouterTopics.AppMACGenerator));
        await _device.DisposeAsync();

        (_network, _device) = (new(), NewDevice());
        foreach (var number in numbers.Values)
            _device.Publish(ZedrouterTopics.UuidToNum, number);
        foreach (var number in interfaces.Values)
            _device.Publish(ZedrouterTopics.UUIDPairAndIfIdxToNum, number);
        foreach (var generator in generators.Values)
            _device.Publish(ZedrouterTopics.AppMACGenerator, generator);
        _device.Publish(ZedagentTopics.ConfigItemValueMap, new ConfigItemValueMap(GlobalSettings: [new("network.local.legacy.mac.address", new(Key: "network.local.legacy.mac.address", ItemType: ConfigItemType.Bool, BoolValue: true))]));
        _device.Publish(ZedagentTopics.NetworkInstanceConfig, Instance(Net2, "10.11.13.0/24"));
        _device.Publish(ZedagentTopics.NetworkInstanceConfig, Instance(Net1));
        _device.Publish(ZedagentTopics.AppInstanceConfig, new AppInstanceConfig(new(App1, "1")));
        _device.Publish(ZedmanagerTopics.AppNetworkConfig, App(App2, "other"));
        Start();
        Complete();
        await _device.SettleAsync();
        _device.Publish(ZedmanagerTopics.AppNetworkConfig, App(App1, "web"));     // long after: its volume took time
        await _device.SettleAsync();
        Assert.That(App(App1)!.AppNetAdapterList[0] with { IPv4Assigned = false }, Is.EqualTo(before));
        Assert.That((App(App2)!.AppNum, App(App2)!.MACGenerator), Is.EqualTo((2, 1)));
    }

    [Test]
    public async Task Of_two_apps_with_one_port_map_the_second_is_refused_until_the_first_has_gone()
    {
        await WithOneAppAsync(PortMap(1, 8081, 80));
        _device.Publish(ZedmanagerTopics.AppNetworkConfig, App(App2, "late", PortMap(1, 8081, 8080)));
        await _device.SettleAsync();
        Assert.That(App(App2)!.Error, Does.Contain("port map tcp 8081 is taken by that of App 'web'"));
        Assert.That((App(App1)!.Activated, App(App1)!.Error, App(App2)!.Activated), Is.EqualTo((true, "", false)));

        _device.Remove(ZedmanagerTopics.AppNetworkConfig, App1.ToString());
        await _device.SettleAsync();
        Assert.That((App(App2)!.Activated, App(App2)!.Error), Is.EqualTo((true, "")));
    }

    [Test]
    public async Task A_failure_is_told_by_the_object_that_it_hits_and_tried_again_later()
    {
        _network.Broken.Add("vif/nbu1x1");
        _network.Broken.Add("dnsmasq/bn1");
        await WithOneAppAsync();
        Assert.That((App(App1)!.Activated, App(App1)!.Error), Is.EqualTo((false, "vif/nbu1x1: it is broken")));
        Assert.That((Net(Net1)!.Activated, Net(Net1)!.ReconcileErr.Error), Is.EqualTo((true, "dnsmasq/bn1: it is broken")));

        _network.Broken.Clear();
        _time.Advance(TimeSpan.FromMinutes(1));
        await _device.SettleAsync();
        Assert.That((App(App1)!.Activated, App(App1)!.Error, Net(Net1)!.Error), Is.EqualTo((true, "", "")));
    }

    [Test]
    public async Task What_vanishes_from_the_machine_comes_back()
    {
        var network = await WithOneAppAsync();
        network.Machine.Remove("route/801/0.0.0.0/0");
        network.Machine["dnsmasq/bn1"] = network.Find<DnsmasqProcess>("dnsmasq/bn1")! with { Running = false };
        await network.RingAsync();
        await _device.SettleAsync();
        Assert.That(network.Done(), Is.EquivalentTo(new[] { "+route/801/0.0.0.0/0", "~dnsmasq/bn1" }));
    }

    [Test]
    public async Task Another_address_of_the_uplink_moves_port_maps_and_routes_only()
    {
        var network = await WithOneAppAsync(PortMap(1, 8081, 80));
        _device.Publish(NimTopics.DeviceNetworkStatus, Network(Port("eth0", "10.2.0.5", "10.2.0.1")));
        await _device.SettleAsync();
        Assert.That(network.Done(), Is.EquivalentTo(new[] { "-route/801/10.1.0.0/24", "+route/801/10.2.0.0/24", "~route/801/0.0.0.0/0", "~nft/nbu1x1", "~dnsmasq/bn1" }));
        Assert.That(network.Find<FilterPart>("nft/nbu1x1")!.Elements.Where(e => e.Set == "portmap").Select(e => e.Key), Is.EqualTo(new[] { """{"concat":["10.2.0.5","tcp",8081]}""" }));
    }

    [Test]
    public async Task A_lease_shows_whether_the_app_has_taken_its_address()
    {
        var network = await WithOneAppAsync();
        var mac = App(App1)!.AppNetAdapterList[0].Mac.ToString();
        network.Leased.Add(new("bn1", mac, "10.11.12.20"));
        await network.RingAsync();
        await _device.SettleAsync();
        Assert.That((App(App1)!.AppNetAdapterList[0].IPv4Assigned, App(App1)!.AppNetAdapterList[0].IPAddrMisMatch), Is.EqualTo((true, false)));

        network.Leased[0] = new("bn1", mac, "10.11.12.99");
        await network.RingAsync();
        await _device.SettleAsync();
        Assert.That((App(App1)!.AppNetAdapterList[0].IPv4Assigned, App(App1)!.AppNetAdapterList[0].IPAddrMisMatch), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task Counters_come_in_the_rhythm_of_the_metrics()
    {
        await WithOneAppAsync();
        _time.Advance(TimeSpan.FromSeconds(15));
        await _device.SettleAsync();
        var metric = _device.Read(ZedrouterTopics.NetworkInstanceMetrics, Net1.ToString())!.NetworkMetrics.MetricList.Single();
        Assert.That((metric.IfName, metric.TxBytes, metric.RxAclDrops, metric.TxAclDrops), Is.EqualTo(("nbu1x1", 2000ul, 5ul, 6ul)));
        Assert.That(_device.Read(ZedrouterTopics.NetworkMetrics, "global")!.MetricList, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Where_nothing_may_be_touched_every_object_says_so()
    {
        _network = new() { Refusal = "not here" };
        await WithOneAppAsync();
        Assert.That((Net(Net1)!.Error, App(App1)!.Error, _network.Machine.Count), Is.EqualTo(("not here", "not here", 0)));
    }
}
