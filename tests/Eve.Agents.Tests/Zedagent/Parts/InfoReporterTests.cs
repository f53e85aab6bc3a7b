using Eve.Agents.Zedagent.Private;
using Eve.Topics;
using NUnit.Framework;
using Info = Eve.Api.Info;

namespace Eve.Tests.Zedagent.Parts;

public class InfoReporterTests
{
    static readonly Guid s_a = new("a0000000-0000-0000-0000-000000000000");

    ReportingDevice _device = null!;

    [SetUp]
    public void MakeDevice() => _device = new();

    [TearDown]
    public async Task StopDevice() => await _device.DisposeAsync();

    static AppInstanceStatus App(Guid id, SwState state = SwState.Running) => new(new(id, "1"), "app", State: state);
    static VolumeStatus Volume(Guid id, SwState state = SwState.CreatedVolume, long generation = 0) => new(id, State: state, GenerationCounter: generation);

    void Say(Guid id, SwState state) => _device.Device.Publish(ZedmanagerTopics.AppInstanceStatus, App(id, state));

    async Task StartAsync()
    {
        _device.OpenGates();
        _device.Start();
        await _device.Device.SettleAsync();
        _device.Forget();
    }

    [Test]
    public async Task The_first_report_goes_out_before_any_configuration()
    {
        _device.Device.Publish(ZedclientTopics.OnboardingStatus, new OnboardingStatus(ReportingDevice.Id));
        _device.Device.Publish(NimTopics.DeviceNetworkStatus, new DeviceNetworkStatus());
        _device.Start();
        await _device.Device.SettleAsync();
        Assert.That(_device.Infos, Is.Empty);

        _device.Device.Publish(ZedagentTopics.ZedAgentStatus, new ZedAgentStatus(AgentNames.Zedagent, DeviceState: DeviceState.Booting));
        await _device.Device.SettleAsync();

        var info = _device.Infos.Single();
        Assert.Multiple(() =>
        {
            Assert.That(info.DevId, Is.EqualTo(ReportingDevice.Id.ToString()));
            Assert.That(info.Dinfo.State, Is.EqualTo(Info.ZDeviceState.Booting));
            Assert.That(info.AtTimeStamp.ToDateTimeOffset(), Is.EqualTo(_device.Time.GetUtcNow()));
            Assert.That(_device.Unsent.All, Is.Empty, "what is sent at once needs no disk");
        });
    }

    [Test]
    public async Task A_change_is_told_once_and_an_object_that_goes_is_told_by_its_id_alone()
    {
        await StartAsync();
        Say(s_a, SwState.Booting);
        await _device.Device.SettleAsync();
        Say(s_a, SwState.Running);
        await _device.Device.SettleAsync();
        _device.Device.Publish(NodeagentTopics.NodeAgentStatus, new NodeAgentStatus(AgentNames.Nodeagent));
        await _device.Device.SettleAsync();
        _device.Device.Remove(ZedmanagerTopics.AppInstanceStatus, s_a.ToString());
        await _device.Device.SettleAsync();

        Assert.That(_device.Told, Is.EqualTo(new[] { "app a Booting", "app a Running", "app a Invalid" }));
        Assert.That(_device.Infos.Last(i => i.Ainfo is not null).Ainfo, Is.EqualTo(new Info.ZInfoApp { AppID = s_a.ToString() }));
    }

    [Test]
    public async Task A_network_instance_goes_with_its_version()
    {
        await StartAsync();
        _device.Device.Publish(ZedrouterTopics.NetworkInstanceStatus, new NetworkInstanceStatus(s_a, "3", Activated: true));
        await _device.Device.SettleAsync();
        _device.Device.Remove(ZedrouterTopics.NetworkInstanceStatus, s_a.ToString());
        await _device.Device.SettleAsync();
        Assert.That(_device.Infos[^1].Niinfo, Is.EqualTo(new Info.ZInfoNetworkInstance { NetworkID = s_a.ToString(), NetworkVersion = "3" }));
    }

    [Test]
    public async Task The_device_reports_itself_at_an_interval()
    {
        await StartAsync();
        await _device.AdvanceAsync(TimeSpan.FromSeconds(719));
        Assert.That(_device.Infos, Is.Empty);
        await _device.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.That(_device.Infos.Single().Dinfo, Is.Not.Null);
    }

    [Test]
    public async Task An_app_that_keeps_to_itself_is_not_reported()
    {
        await StartAsync();
        _device.Device.Publish(ZedmanagerTopics.AppInstanceStatus, App(s_a) with { NoUploadStatsToController = true });
        await _device.Device.SettleAsync();
        _device.Device.Remove(ZedmanagerTopics.AppInstanceStatus, s_a.ToString());
        await _device.Device.SettleAsync();
        Assert.That(_device.Told, Is.Empty);
    }

    [Test]
    public async Task A_file_that_grows_is_no_news_but_one_that_appears_is()
    {
        await StartAsync();
        _device.Device.Publish(VolumemgrTopics.VolumeStatus, Volume(s_a) with { FileLocation = "/persist/vault/volumes/a" });
        await _device.Device.SettleAsync();
        for (var size = 1UL; size < 4; size++)
        {
            _device.Device.Publish(VolumemgrTopics.AppDiskMetric, new AppDiskMetric("/persist/vault/volumes/a", 100, size));
            await _device.Device.SettleAsync();
        }
        Assert.That(_device.Told, Has.Count.EqualTo(2));
        Assert.That(_device.Infos[^1].Vinfo.Resources, Is.EqualTo(new Info.VolumeResources { CurSizeBytes = 1, MaxSizeBytes = 100 }));
    }

    [Test]
    public async Task Two_generations_of_a_volume_are_one_object()
    {
        await StartAsync();
        _device.Device.Publish(VolumemgrTopics.VolumeStatus, Volume(s_a, generation: 1));
        _device.Device.Publish(VolumemgrTopics.VolumeStatus, Volume(s_a, SwState.Downloading, 2));
        await _device.Device.SettleAsync();
        _device.Device.Remove(VolumemgrTopics.VolumeStatus, Volume(s_a, generation: 1).Key);
        await _device.Device.SettleAsync();
        Assert.That(_device.Told, Is.EqualTo(new[] { "volume a DownloadStarted" }));
    }

    [Test]
    public async Task Another_epoch_tells_everything_anew()
    {
        await StartAsync();
        Say(s_a, SwState.Running);
        _device.Device.Publish(ZedagentPrivate.ConfigReceipt, new ConfigReceipt(Epoch: 1));
        await _device.Device.SettleAsync();
        _device.Device.Publish(ZedagentPrivate.ConfigReceipt, new ConfigReceipt(Epoch: 2));
        await _device.Device.SettleAsync();
        Assert.That(_device.Told, Is.EqualTo(new[] { "app a Running", "app a Running" }));
    }
}
