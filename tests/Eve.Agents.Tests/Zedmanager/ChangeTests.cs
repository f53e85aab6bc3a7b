using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests.Zedmanager;

/// <summary>What becomes of an application that runs: changed, restarted, deactivated, deleted, found after a restart of zedbox (walk-app.md 2, 3).</summary>
public class ChangeTests : ZedmanagerFixture
{
    [Test]
    public async Task A_delete_goes_domain_network_volumes_each_when_the_one_before_is_away()
    {
        await StartAsync();
        await RunningAsync();
        _device.Remove(ZedagentTopics.AppInstanceConfig, s_app.ToString());
        await _device.SettleAsync();
        Assert.That((Domain(), Network() is null, Volume() is null, Status().State), Is.EqualTo(((DomainConfig?)null, false, false, SwState.Halting)));

        await DomainAsync(Up() with { State = SwState.Halting, PendingDelete = true });
        await DomainAsync(Up().With(new ErrorDescription("it will not die", _time.GetUtcNow(), ErrorSeverity.Error)));
        Assert.That((Network() is null, Status().Error, Status().ErrorSourceType), Is.EqualTo((false, "it will not die", "DomainStatus")));

        _device.Remove(DomainmgrTopics.DomainStatus, s_app.ToString());
        await _device.SettleAsync();
        Assert.That((Network(), Volume() is null), Is.EqualTo(((AppNetworkConfig?)null, false)));

        _device.Remove(ZedrouterTopics.AppNetworkStatus, s_app.ToString());
        await _device.SettleAsync();
        Assert.That((Volume(), StoredPurges), Is.EqualTo(((VolumeRefConfig?)null, (int?)null)));
        Assert.That(_device.ReadAll(ZedmanagerTopics.AppInstanceStatus), Is.Empty);
    }

    [Test]
    public async Task A_restart_counter_restarts_exactly_once_and_brings_staged_changes()
    {
        await StartAsync();
        await RunningAsync();
        var wanted = Config() with { RestartCmd = new(1), FixedResources = Config().FixedResources with { Memory = 1048576 } };
        await ConfigureAsync(wanted);
        Assert.That((Domain()!.Activate, Domain()!.Memory, Status().RestartInprogress), Is.EqualTo((false, 524288, Inprogress.BringDown)));
        Assert.That((Network()!.Activate, Status().Error), Is.EqualTo((true, "")), "the network stays");

        await DomainAsync(Up() with { State = SwState.Halting, PendingModify = true });
        Assert.That(Domain()!.Activate, Is.False);
        await DomainAsync(Down());
        Assert.That((Domain()!.Activate, Domain()!.RestartCounter, Domain()!.Memory, Status().RestartInprogress), Is.EqualTo((true, 1u, 1048576, Inprogress.BringUp)));

        await DomainAsync(Down() with { PendingAdd = true, State = SwState.Booting, RestartCounter = 1 });
        await DomainAsync(Up(restarts: 1, memory: 1048576));
        Assert.That((Domain()!.Activate, Status().State, Status().RestartInprogress), Is.EqualTo((true, SwState.Running, Inprogress.NotInprogress)));

        await ConfigureAsync(wanted with { UUIDandVersion = new(s_app, "2") });
        Assert.That((Domain()!.Activate, Status().FixedResources.Memory), Is.EqualTo((true, 1048576)), "the same counter does nothing more");
    }

    [Test]
    public async Task A_restart_asked_for_while_it_is_on_its_way_up_comes_when_it_is_up()
    {
        await StartAsync();
        await ConfigureAsync(Config());
        await VolumeAsync(SwState.CreatedVolume);
        await NetworkAsync(Joined());
        await ConfigureAsync(Config() with { RestartCmd = new(1), FixedResources = Config().FixedResources with { Memory = 1048576 } });
        Assert.That((Domain()!.RestartCounter, Domain()!.Memory, Status().Error), Is.EqualTo((0u, 524288, "")));

        await DomainAsync(Up());
        Assert.That(Domain()!.Activate, Is.False);
        await DomainAsync(Down());
        Assert.That((Domain()!.Activate, Domain()!.RestartCounter), Is.EqualTo((true, 1u)));
    }

    [Test]
    public async Task Other_memory_without_a_restart_is_an_error_and_the_guest_stays_as_it_is()
    {
        await StartAsync();
        await RunningAsync();
        var before = Domain();
        await ConfigureAsync(Config() with { FixedResources = Config().FixedResources with { Memory = 1048576 } });

        Assert.That(Status().Error, Does.Contain("memory 524288 -> 1048576 KiB").And.Contain("restart counter"));
        Assert.That((Status().ErrorSourceType, Status().State, Status().FixedResources.Memory), Is.EqualTo(("AppInstanceConfig", SwState.Running, 524288)));
        Assert.That(Domain(), Is.EqualTo(before));
        await PassesAsync(3600);
        Assert.That(Status().Error, Is.Not.Empty, "it stays to be seen");

        await ConfigureAsync(Config());
        Assert.That((Status().Error, Domain()), Is.EqualTo(("", before)));
    }

    [Test]
    public async Task Other_volumes_without_a_purge_change_nothing()
    {
        await StartAsync();
        await RunningAsync();
        await ConfigureAsync(Config() with { PurgeCmd = new(1), VolumeRefConfigList = [new VolumeRefConfig(s_volume, 2, AppUUID: s_app)] });
        Assert.That((Volume() is null, Domain()!.Activate, Status().State, StoredPurges), Is.EqualTo((false, true, SwState.Running, (int?)0)));
        Assert.That(Status().Error, Does.Contain("purge is not built yet"));
    }

    [Test]
    public async Task Access_rules_change_while_the_guest_runs()
    {
        await StartAsync();
        await RunningAsync();
        var domain = Domain();
        var adapter = Config().AppNetAdapterList[0] with { ACLs = [new ACE([new ACEMatch("host", "example.com")], RuleID: 1)] };
        await ConfigureAsync(Config() with { UUIDandVersion = new(s_app, "2"), AppNetAdapterList = [adapter] });

        Assert.That(Network()!.AppNetAdapterList[0].ACLs.Count, Is.EqualTo(1));
        Assert.That((Status().UUIDandVersion.Version, Status().Error, Status().State), Is.EqualTo(("2", "", SwState.Running)));
        Assert.That(Domain(), Is.EqualTo(domain! with { UUIDandVersion = new(s_app, "2") }));
    }

    [Test]
    public async Task Other_adapters_wait_for_the_next_start()
    {
        await StartAsync();
        await RunningAsync();
        var config = Config() with { AppNetAdapterList = [.. Config().AppNetAdapterList, new AppNetAdapterConfig("eth1", Network: s_network, IfIdx: 2)] };
        await ConfigureAsync(config);
        Assert.That(Network()!.AppNetAdapterList.Count, Is.EqualTo(1));

        await ConfigureAsync(config with { RestartCmd = new(1) });
        Assert.That(Network()!.AppNetAdapterList.Count, Is.EqualTo(2));
        await DomainAsync(Down());
        Assert.That(Domain()!.Activate, Is.False, "zedrouter has not answered for the second one");
        await NetworkAsync(Joined() with { AppNetAdapterList = [.. Joined().AppNetAdapterList, new AppNetAdapterStatus("eth1", Network: s_network, Vif: "nbu2x1")] });
        Assert.That((Domain()!.Activate, Domain()!.VifList.Count), Is.EqualTo((true, 2)));
    }

    [Test]
    public async Task Deactivated_it_goes_down_and_activated_it_comes_up_with_the_newest_configuration()
    {
        await StartAsync();
        await RunningAsync();
        await ConfigureAsync(Config() with { Activate = false });
        Assert.That((Domain()!.Activate, Network()!.Activate, Volume()), Is.EqualTo((false, true, new VolumeRefConfig(s_volume, 1, AppUUID: s_app))));
        await DomainAsync(Down());
        Assert.That((Status().State, Status().Activated, Status().ActivateInprogress, Status().RestartInprogress), Is.EqualTo((SwState.Halted, false, false, Inprogress.NotInprogress)));

        var larger = Config() with { FixedResources = Config().FixedResources with { Memory = 1048576 } };
        await ConfigureAsync(larger with { Activate = false });
        Assert.That(Status().Error, Is.Empty, "nothing runs that it could disturb");
        await ConfigureAsync(larger);
        Assert.That((Domain()!.Activate, Domain()!.Memory), Is.EqualTo((true, 1048576)));
        await DomainAsync(Up(memory: 1048576));
        Assert.That(Status().State, Is.EqualTo(SwState.Running));
    }

    [Test]
    public async Task An_inactive_application_is_prepared_and_shown_as_halted()
    {
        await StartAsync();
        await ConfigureAsync(Config() with { Activate = false });
        await VolumeAsync(SwState.CreatedVolume);
        Assert.That((Status().State, Network(), Domain()), Is.EqualTo((SwState.Halted, (AppNetworkConfig?)null, (DomainConfig?)null)));
    }

    [Test]
    public async Task What_could_not_boot_is_mended_by_another_configuration()
    {
        await StartAsync();
        await ConfigureAsync(Config());
        await VolumeAsync(SwState.CreatedVolume);
        await NetworkAsync(Joined());
        await DomainAsync((Down() with { BootFailed = true }).With(new ErrorDescription("too much memory", _time.GetUtcNow(), ErrorSeverity.Error)));
        await ConfigureAsync(Config() with { FixedResources = Config().FixedResources with { Memory = 262144 } });
        Assert.That((Domain()!.Memory, Domain()!.Activate, Status().ErrorSourceType), Is.EqualTo((262144, true, "DomainStatus")));
        await DomainAsync(Up(memory: 262144));
        Assert.That((Status().Error, Status().State), Is.EqualTo(("", SwState.Running)));
    }

    [Test]
    public async Task A_late_agent_with_inputs_that_are_not_ready_withdraws_nothing()
    {
        await StartAsync();
        await RunningAsync();
        await LifeEndsAsync();
        _device.Remove(ZedagentTopics.AppInstanceConfig, s_app.ToString());
        _device.Announce(ZedagentTopics.AppInstanceConfig, complete: false);
        _device.Remove(DomainmgrTopics.DomainStatus, s_app.ToString());
        _device.Announce(DomainmgrTopics.DomainStatus, complete: false);
        await StartAsync(ready: false);
        await PassesAsync(60);
        Assert.That((Domain()!.Activate, Network()!.Activate, Volume() is null, Status().State), Is.EqualTo((true, true, false, SwState.Running)));

        await ConfigureAsync(Config());
        await DomainAsync(Up());
        _device.Announce(ZedagentTopics.AppInstanceConfig);
        _device.Announce(DomainmgrTopics.DomainStatus);
        await _device.SettleAsync();
        Assert.That((Domain()!.Activate, Network()!.Activate, Status().State), Is.EqualTo((true, true, SwState.Running)));
    }

    [Test]
    public async Task A_guest_that_outlived_zedbox_is_adopted_with_what_it_was_started_with()
    {
        _device.Publish(ZedmanagerTopics.UuidToNum, new UuidToNum(s_app, 0, "purgeCmdCounter"));
        await StartAsync(ready: false);
        await ConfigureAsync(Config() with { FixedResources = Config().FixedResources with { Memory = 1048576 } });
        _device.Announce(ZedagentTopics.AppInstanceConfig);
        await DomainAsync(Up());
        _device.Announce(DomainmgrTopics.DomainStatus);
        _device.Announce(ZedrouterTopics.AppNetworkStatus);
        await _device.SettleAsync();
        Assert.That((Network()!.Activate, Domain(), Status().State), Is.EqualTo((true, (DomainConfig?)null, SwState.Running)), "the network of what runs is never taken away");
        Assert.That(_device.IsReady(ZedmanagerTopics.AppNetworkConfig));

        await VolumeAsync(SwState.CreatedVolume);
        await NetworkAsync(Joined());
        Assert.That((Domain()!.Activate, Domain()!.Memory), Is.EqualTo((true, 524288)));
        Assert.That(Status().Error, Does.Contain("need restart"));
    }

    [Test]
    public async Task A_guest_that_is_to_stop_before_its_network_is_known_comes_up_again_with_its_network()
    {
        _device.Publish(DomainmgrTopics.DomainStatus, Up());
        await StartAsync();
        await ConfigureAsync(Config() with { Activate = false });
        Assert.That(Domain(), Has.Property("Activate").False);
        await VolumeAsync(SwState.CreatedVolume);
        await NetworkAsync(Joined());
        await ConfigureAsync(Config());
        Assert.That(Domain(), Has.Property("Activate").False, "it goes on stopping");
        await DomainAsync(Down());
        Assert.That(Domain(), Has.Property("Activate").True.And.Property("VifList").Count.EqualTo(1));
    }

    [Test]
    public async Task A_guest_is_adopted_when_its_network_is_known()
    {
        _device.Publish(DomainmgrTopics.DomainStatus, Up());
        await StartAsync();
        await ConfigureAsync(Config());
        await VolumeAsync(SwState.CreatedVolume);
        Assert.That(Domain(), Is.Null);
        await NetworkAsync(Joined());
        Assert.That(Domain(), Has.Property("Activate").True.And.Property("VifList").Count.EqualTo(1));
    }

    [Test]
    public async Task A_restart_that_was_cut_short_by_a_kill_is_done_once()
    {
        await StartAsync(ready: false);
        await ConfigureAsync(Config() with { RestartCmd = new(1) });
        await DomainAsync(Up());
        AllReady();
        await VolumeAsync(SwState.CreatedVolume);
        await NetworkAsync(Joined());
        Assert.That((Domain()!.Activate, Domain()!.RestartCounter), Is.EqualTo((false, 0u)));
        await DomainAsync(Down());
        Assert.That((Domain()!.Activate, Domain()!.RestartCounter), Is.EqualTo((true, 1u)));
        await DomainAsync(Up(restarts: 1));
        Assert.That(Domain()!.Activate);
    }

    [Test]
    public async Task A_guest_without_a_configuration_holds_back_networks_and_volumes()
    {
        await StartAsync(ready: false);
        await DomainAsync(Up(s_other));
        AllReady();
        await _device.SettleAsync();
        Assert.That(_device.IsReady(ZedmanagerTopics.DomainConfig), "domainmgr may stop it");
        Assert.That((_device.IsReady(ZedmanagerTopics.AppNetworkConfig), _device.IsReady(ZedmanagerTopics.VolumeRefConfig)), Is.EqualTo((false, false)));

        _device.Remove(DomainmgrTopics.DomainStatus, s_other.ToString());
        await _device.SettleAsync();
        Assert.That((_device.IsReady(ZedmanagerTopics.AppNetworkConfig), _device.IsReady(ZedmanagerTopics.VolumeRefConfig)), Is.EqualTo((true, true)));
    }
}
