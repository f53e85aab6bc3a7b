using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests.Zedmanager;

/// <summary>From its configuration to a running application, and what keeps it from there (walk-app.md 1).</summary>
public class ArrivalTests : ZedmanagerFixture
{
    [Test]
    public async Task An_application_goes_through_volumes_network_and_domain_to_running()
    {
        await StartAsync();
        await ConfigureAsync(Config());
        Assert.That(Volume(), Is.EqualTo(new VolumeRefConfig(s_volume, 1, AppUUID: s_app, VerifyOnly: true)));
        Assert.That((Status().State, Status().Error, Status().ErrorSeverity), Is.EqualTo((SwState.Initial, "", ErrorSeverity.Unspecified)));
        Assert.That(Status().VolumeRefStatusList[0].PendingAdd);

        await VolumeAsync(SwState.Downloading);
        Assert.That((Status().State, Volume()!.VerifyOnly), Is.EqualTo((SwState.Downloading, true)));
        await VolumeAsync(SwState.Loaded, more: v => v with { VerifyOnly = true });
        Assert.That(Volume()!.VerifyOnly, Is.False, "all content is there: now the volume itself");
        Assert.That((Network(), Domain()), Is.EqualTo(((AppNetworkConfig?)null, (DomainConfig?)null)));

        await VolumeAsync(SwState.CreatedVolume);
        Assert.That(Network()!.Activate);
        Assert.That((Status().State, Status().ActivateInprogress, Domain()), Is.EqualTo((SwState.Installed, true, (DomainConfig?)null)));

        await NetworkAsync(Joined() with { PendingAdd = true });
        Assert.That(Domain(), Is.Null);
        await NetworkAsync(Joined());
        var domain = Domain()!;
        Assert.That((domain.Activate, domain.UserActivate, domain.AppNum, domain.Memory, domain.VCpus), Is.EqualTo((true, true, 1, 524288, 1)));
        Assert.That(domain.DiskConfigList[0].VolumeKey, Is.EqualTo($"{s_volume}#1"));
        Assert.That(domain.DiskConfigList[0].FileLocation, Does.EndWith(".qcow2"));
        Assert.That((domain.VifList[0].Vif, domain.VifList[0].Bridge), Is.EqualTo(("nbu1x1", "bn1")));

        await DomainAsync(Down() with { State = SwState.Booting, PendingAdd = true });
        Assert.That((Status().State, Status().Activated, Status().ActivateInprogress), Is.EqualTo((SwState.Booting, false, true)));
        await DomainAsync(Up());
        Assert.That((Status().State, Status().Activated, Status().ActivateInprogress), Is.EqualTo((SwState.Running, true, false)));
        Assert.That(Status().AppNetAdapters[0].VifUsed, Is.EqualTo("nbu1x1"));
        Assert.That(_device.ReadAll(ZedmanagerTopics.AppInstanceSummary).Values.Single().TotalRunning, Is.EqualTo(1));
    }

    [Test]
    public async Task An_application_without_volumes_waits_for_none()
    {
        await StartAsync();
        await ConfigureAsync(Config() with { VolumeRefConfigList = [], Activate = false });
        Assert.That((Status().State, Status().Error), Is.EqualTo((SwState.Halted, "")));

        await ConfigureAsync(Config() with { VolumeRefConfigList = [] });
        Assert.That(Network()!.Activate, "whether it can boot without a disk is domainmgr's to say");
    }

    [Test]
    public async Task What_came_before_the_device_was_onboarded_is_looked_at_without_further_news()
    {
        _device.Remove(ZedclientTopics.OnboardingStatus, "global");
        await StartAsync();
        await ConfigureAsync(Config());
        Assert.That(_device.ReadAll(ZedmanagerTopics.AppInstanceStatus), Is.Empty);

        _device.Publish(ZedclientTopics.OnboardingStatus, new OnboardingStatus(Guid.NewGuid()));
        await _device.SettleAsync();
        Assert.That(Volume(), Is.Not.Null);
    }

    [Test]
    public async Task A_volume_s_error_reaches_the_application_and_goes_when_it_is_mended()
    {
        await StartAsync();
        await ConfigureAsync(Config());
        await VolumeAsync(SwState.Downloading, more: v => v.With(new ErrorDescription("no such image", _time.GetUtcNow(), ErrorSeverity.Notice)) with { ErrorSourceType = "VolumeStatus" });

        Assert.That((Status().Error, Status().ErrorSourceType, Status().ErrorSeverity), Is.EqualTo(("no such image", "VolumeStatus", ErrorSeverity.Error)));
        Assert.That(Status().ErrorEntities, Is.EqualTo((ValueList<ErrorEntity>)[new ErrorEntity(ErrorEntityType.Volume, s_volume.ToString())]));
        Assert.That(Network(), Is.Null);

        await VolumeAsync(SwState.Loaded);
        Assert.That((Status().Error, Status().ErrorSeverity, Status().ErrorEntities.Count), Is.EqualTo(("", ErrorSeverity.Unspecified, 0)));
    }

    [Test]
    public async Task A_network_s_error_reaches_the_application_and_starts_no_guest()
    {
        await StartAsync();
        await ConfigureAsync(Config());
        await VolumeAsync(SwState.CreatedVolume);
        await NetworkAsync((Joined() with { Activated = false }).With(new ErrorDescription("port 8080 is taken", _time.GetUtcNow(), ErrorSeverity.Error)));

        Assert.That((Status().Error, Status().ErrorSourceType), Is.EqualTo(("port 8080 is taken", "AppNetworkStatus")));
        Assert.That(Domain(), Is.Null);
        await NetworkAsync(Joined());
        Assert.That((Status().Error, Domain()!.Activate), Is.EqualTo(("", true)));
    }

    [Test]
    public async Task A_missing_network_instance_is_waited_for()
    {
        await StartAsync();
        await ConfigureAsync(Config());
        await VolumeAsync(SwState.CreatedVolume);
        await NetworkAsync(Joined() with { Activated = false, AwaitNetworkInstance = true });
        Assert.That((Status().State, Status().MissingNetwork, Status().Error), Is.EqualTo((SwState.AwaitNetworkInstance, true, "")));

        await NetworkAsync(Joined());
        Assert.That((Status().State, Status().MissingNetwork), Is.EqualTo((SwState.Installed, false)));
    }

    [Test]
    public async Task A_guest_s_error_reaches_the_application_and_takes_nothing_back()
    {
        await StartAsync();
        await RunningAsync();
        await DomainAsync((Down() with { BootFailed = true }).With(new ErrorDescription("it fell over, will retry in 10m0s", _time.GetUtcNow(), ErrorSeverity.Warning, "later")));

        Assert.That((Status().Error, Status().ErrorSourceType, Status().ErrorSeverity), Is.EqualTo(("it fell over, will retry in 10m0s", "DomainStatus", ErrorSeverity.Warning)));
        Assert.That((Status().State, Status().Activated, Status().ActivateInprogress), Is.EqualTo((SwState.Halted, false, true)), "its memory stays counted");
        Assert.That((Domain()!.Activate, Network()!.Activate), Is.EqualTo((true, true)));
        await DomainAsync(Up());
        Assert.That((Status().Error, Status().State), Is.EqualTo(("", SwState.Running)));
    }

    [Test]
    public async Task A_later_volume_error_kills_no_running_guest()
    {
        await StartAsync();
        await RunningAsync();
        await VolumeAsync(SwState.CreatedVolume, more: v => v.With(new ErrorDescription("disk is old", _time.GetUtcNow(), ErrorSeverity.Error)) with { ActiveFileLocation = "" });

        Assert.That((Domain()!.Activate, Status().State, Status().Error), Is.EqualTo((true, SwState.Running, "disk is old")));
        Assert.That(Network(), Is.Not.Null);
    }

    [TestCase(0, 1, "memory")]
    [TestCase(1024, 0, "virtual CPUs")]
    public async Task A_configuration_without_sense_asks_nobody_and_works_when_mended(int memory, int cpus, string what)
    {
        await StartAsync();
        await ConfigureAsync(Config() with { FixedResources = new VmConfig(Memory: memory, VCpus: cpus) });
        Assert.That(Status().Error, Does.Contain("demo").And.Contain(what));
        Assert.That((Status().ErrorSourceType, Volume(), Status().State), Is.EqualTo(("AppInstanceStatus", (VolumeRefConfig?)null, SwState.Initial)));

        await RunningAsync();
        Assert.That(Status().Error, Is.Empty);
    }

    [Test]
    public async Task The_parser_s_errors_stop_an_application()
    {
        await StartAsync();
        await ConfigureAsync(Config() with { Errors = ["bad one", "bad two"] });
        Assert.That((Status().Error, Volume()), Is.EqualTo(("bad one\nbad two", (VolumeRefConfig?)null)));
    }

    [Test]
    public async Task Of_two_applications_one_may_fail()
    {
        await StartAsync();
        await ConfigureAsync(Config(s_other));
        await VolumeAsync(SwState.Downloading, s_other, v => v.With(new ErrorDescription("404", _time.GetUtcNow(), ErrorSeverity.Error)));
        await RunningAsync();
        Assert.That((Status(s_other).Error, Domain(s_other)), Is.EqualTo(("404", (DomainConfig?)null)));
        var summary = _device.ReadAll(ZedmanagerTopics.AppInstanceSummary).Values.Single();
        Assert.That((summary.TotalRunning, summary.TotalError), Is.EqualTo(((byte)1, (byte)1)));
    }

    [Test]
    public async Task A_delayed_application_starts_when_its_time_has_come()
    {
        await StartAsync();
        await ConfigureAsync(Config() with { Delay = TimeSpan.FromSeconds(90) });
        await VolumeAsync(SwState.CreatedVolume);
        await NetworkAsync(Joined());
        Assert.That((Status().State, Domain()), Is.EqualTo((SwState.StartDelayed, (DomainConfig?)null)));
        await PassesAsync(89);
        Assert.That(Domain(), Is.Null);
        await PassesAsync(1);
        Assert.That(Domain()!.Activate);
    }

    [Test]
    public async Task Memory_is_waited_for_and_taken_when_another_application_stops()
    {
        await StartAsync(memoryMB: 1024 + 600);     // 1 GiB is EVE's
        _device.Publish(ZedagentTopics.ConfigItemValueMap, ConfigItemUpdate.From(new(), [new("memory.eve.limit.MiB", "1024")], ConfigSource.Controller, null).Values);
        await RunningAsync();
        await ConfigureAsync(Config(s_other));
        await VolumeAsync(SwState.CreatedVolume, s_other);

        Assert.That((Status(s_other).MissingMemory, Status(s_other).ErrorSourceType, Network(s_other)), Is.EqualTo((true, "AppInstanceConfig", (AppNetworkConfig?)null)));
        Assert.That(Status(s_other).Error, Does.Contain("536870912"));
        Assert.That(Status(s_other).ErrorEntities, Is.EqualTo((ValueList<ErrorEntity>)[new ErrorEntity(ErrorEntityType.AppInstance, s_app.ToString())]));

        await ConfigureAsync(Config() with { Activate = false });
        await DomainAsync(Down());
        await PassesAsync(10);
        Assert.That((Status(s_other).MissingMemory, Status(s_other).Error, Network(s_other)!.Activate), Is.EqualTo((false, "", true)));

        await ConfigureAsync(Config());
        Assert.That((Status().MissingMemory, Domain()!.Activate), Is.EqualTo((true, false)), "now the other one has it");
    }

    [Test]
    public async Task Nothing_starts_before_it_is_known_what_runs()
    {
        await StartAsync(ready: false);
        _device.Publish(DomainmgrTopics.HostMemory, new HostMemory(4096));
        await ConfigureAsync(Config());
        await VolumeAsync(SwState.CreatedVolume);
        await NetworkAsync(Joined());
        Assert.That((Domain(), Network()), Is.EqualTo(((DomainConfig?)null, (AppNetworkConfig?)null)));

        _device.Announce(DomainmgrTopics.DomainStatus);
        await _device.SettleAsync();
        Assert.That(Domain()!.Activate);
    }

    [Test]
    public async Task Why_it_cannot_be_seen_what_runs_is_told_and_nothing_is_started_meanwhile()
    {
        _device.Publish(DomainmgrTopics.HostMemory, new HostMemory(4096));
        await StartAsync(ready: false);
        await DomainAsync(new DomainStatus(new UUIDandVersion(s_app, "1"), "demo").With(new ErrorDescription("libvirt is gone", _time.GetUtcNow(), ErrorSeverity.Error)));
        await ConfigureAsync(Config());
        await VolumeAsync(SwState.CreatedVolume);
        await NetworkAsync(Joined());
        Assert.That((Status().Error, Status().ErrorSourceType, Status().MissingMemory, Domain()), Is.EqualTo(("libvirt is gone", "DomainStatus", false, (DomainConfig?)null)));

        _device.Announce(DomainmgrTopics.DomainStatus);
        await DomainAsync(Up());
        Assert.That((Status().Error, Status().State), Is.EqualTo(("", SwState.Running)));
    }
}
