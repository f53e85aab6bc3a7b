using Eve.Agents.Shared;
using Eve.Agents.Zedagent;
using Eve.Agents.Zedagent.Private;
using Eve.Topics;
using NUnit.Framework;
using Wire = Eve.Api.Config;

namespace Eve.Tests.Zedagent.Parts;

public class ConfigFetcherTests
{
    FakeDevice _device = null!;

    [SetUp]
    public void SetUp() => _device = new();

    [TearDown]
    public async Task TearDown() => await _device.DisposeAsync();

    [Test]
    public async Task The_items_are_out_before_anything_is_waited_for()
    {
        _device.Start();
        await _device.Device.SettleAsync();

        Assert.That(_device.Items!.GlobalSettings, Has.Count.EqualTo(ConfigItems.OfDevice.Count()));
        Assert.That(_device.Item(ConfigItems.UsbAccess), Is.EqualTo("true"));
        Assert.That(_device.Device.IsReady(ZedagentTopics.ConfigItemValueMap), Is.True);
        Assert.That(_device.Device.IsReady(ZedagentTopics.AppInstanceConfig), Is.False);
        Assert.That(_device.Controller.Requests, Is.Empty);
    }

    [Test]
    public async Task The_first_configuration_is_applied_saved_and_makes_every_topic_ready()
    {
        _device.Controller.Answer = _ => FakeController.Config(FakeDevice.Config("web", at: 5), "h1");
        _device.Onboarded().Start();
        await _device.Device.SettleAsync();

        Assert.That(_device.Controller.Requests, Has.Count.EqualTo(1));
        Assert.That(_device.Controller.Requests[0].Path, Is.EqualTo($"id/{FakeDevice.Id}/config"));
        Assert.That(_device.Controller.LastHash, Is.Empty);
        Assert.That(_device.App, Is.EqualTo("web"));
        Assert.That((_device.Status.ConfigGetStatus, _device.Status.DeviceState), Is.EqualTo((ConfigGetStatus.Success, DeviceState.Online)));
        Assert.That(_device.Led, Is.EqualTo(LedBlinkCount.Onboarded));
        Assert.That(_device.Item(ConfigItems.UsbAccess), Is.EqualTo("false"));
        Assert.That(_device.Files.All.Keys, Is.EquivalentTo(new[] { ConfigFile.LastConfig, ConfigFile.LastConfigBackup }));
        Assert.That(AllReady(), Is.All.True);
        var receipt = _device.Device.Read(ZedagentPrivate.ConfigReceipt, "global")!;
        Assert.That((receipt.Applied, receipt.ConfigHash, receipt.LastReceived.UnixSeconds, receipt.Error), Is.EqualTo((true, "h1", 1_800_000_005L, "")));
    }

    [Test]
    public async Task Before_a_configuration_no_topic_is_complete_and_after_an_empty_one_all_are()
    {
        _device.Onboarded().Start();
        await _device.Device.SettleAsync();
        Assert.That(AllReady(), Is.All.False);

        _device.Controller.Answer = _ => FakeController.Config(FakeDevice.Config(), "h1");
        await _device.AfterAsync(60);
        Assert.That(AllReady(), Is.All.True);
    }

    [Test]
    public async Task The_hash_goes_back_to_the_controller_and_304_changes_nothing()
    {
        _device.Controller.Answer = _ => FakeController.Config(FakeDevice.Config("web"), "h1");
        _device.Onboarded().Start();
        await _device.Device.SettleAsync();
        _device.Controller.Answer = _ => FakeController.Code(304);
        await _device.AfterAsync(60);

        Assert.That(_device.Controller.LastHash, Is.EqualTo("h1"));
        Assert.That((_device.App, _device.Status.ConfigGetStatus, _device.Led), Is.EqualTo(("web", ConfigGetStatus.Success, LedBlinkCount.Onboarded)));
    }

    [Test]
    public async Task An_unchanged_hash_in_a_200_counts_as_contact()
    {
        _device.Controller.Answer = _ => FakeController.Config(FakeDevice.Config("web"), "h1");
        _device.Onboarded().Start();
        await _device.Device.SettleAsync();
        _device.Controller.Answer = _ => FakeController.Nobody;
        await _device.AfterAsync(60);
        Assert.That((_device.Status.ConfigGetStatus, _device.Led), Is.EqualTo((ConfigGetStatus.Fail, LedBlinkCount.ConnectingToController)));

        _device.Controller.Answer = _ => FakeController.Config(FakeDevice.Config("other"), "h1");
        await _device.AfterAsync(60);
        Assert.That((_device.App, _device.Status.ConfigGetStatus, _device.Led), Is.EqualTo(("web", ConfigGetStatus.Success, LedBlinkCount.Onboarded)));
    }

    [TestCase(200, SenderStatus.CertMiss, LedBlinkCount.InvalidAuthContainer)]
    [TestCase(200, SenderStatus.SignVerifyFail, LedBlinkCount.InvalidAuthContainer)]
    [TestCase(200, SenderStatus.Failed, LedBlinkCount.ConnectedToController)]
    [TestCase(503, SenderStatus.Upgrade, LedBlinkCount.ConnectedToController)]
    [TestCase(0, SenderStatus.Failed, LedBlinkCount.ConnectingToController)]
    [TestCase(0, SenderStatus.Refused, LedBlinkCount.ConnectedToController)]
    public async Task A_bad_answer_leaves_all_as_it_was_and_shows_on_the_led(int code, SenderStatus status, LedBlinkCount led)
    {
        _device.Controller.Answer = _ => FakeController.Config(FakeDevice.Config("web"), "h1");
        _device.Onboarded().Start();
        await _device.Device.SettleAsync();
        _device.Controller.Answer = _ => FakeController.Code(code, status);
        await _device.AfterAsync(60);

        Assert.That((_device.App, _device.Status.ConfigGetStatus, _device.Led), Is.EqualTo(("web", ConfigGetStatus.Fail, led)));
        Assert.That(_device.Device.Read(ZedagentPrivate.ConfigReceipt, "global")!.Error, Is.Not.Empty);
    }

    [Test]
    public async Task An_unknown_certificate_asks_for_the_certificates_and_their_arrival_fetches_again()
    {
        _device.Controller.Answer = _ => FakeController.Code(200, SenderStatus.CertMiss);
        _device.Onboarded().Start();
        await _device.Device.SettleAsync();
        Assert.That(_device.Device.Read(ZedagentPrivate.CertsWanted, "global")!.Unknown, Is.EqualTo(1));

        _device.Controller.Answer = _ => FakeController.Config(FakeDevice.Config("web"), "h1");
        _device.Device.Publish(ZedagentTopics.ControllerCert, new ControllerCert(CertHash: new byte[] { 1 }));
        await _device.Device.SettleAsync();
        Assert.That((_device.Controller.Requests.Count, _device.App), Is.EqualTo((2, "web")));
    }

    [Test]
    public async Task What_is_no_configuration_is_refused()
    {
        _device.Controller.Answer = _ => FakeController.Bytes([0xff, 0xff, 0xff]);
        _device.Onboarded().Start();
        await _device.Device.SettleAsync();
        Assert.That((_device.Status.ConfigGetStatus, _device.Led), Is.EqualTo((ConfigGetStatus.Fail, LedBlinkCount.ConnectedToController)));

        var foreign = FakeDevice.Config("web");
        foreign.Id.Uuid = "6ba7b810-9dad-11d1-80b4-000000000000";
        _device.Controller.Answer = _ => FakeController.Config(foreign, "h1");
        await _device.AfterAsync(60);
        Assert.That((_device.App, _device.Files.All.Count), Is.EqualTo(((string?)null, 0)));
    }

    [Test]
    public async Task An_older_configuration_is_ignored_and_an_equally_old_one_is_not()
    {
        _device.Controller.Answer = _ => FakeController.Config(FakeDevice.Config("web", at: 10), "h1");
        _device.Onboarded().Start();
        await _device.Device.SettleAsync();
        _device.Controller.Answer = _ => FakeController.Config(FakeDevice.Config("older", at: 9), "h2");
        await _device.AfterAsync(60);
        Assert.That((_device.App, _device.Status.ConfigGetStatus), Is.EqualTo(("web", ConfigGetStatus.Success)));
        Assert.That(_device.Device.Read(ZedagentPrivate.ConfigReceipt, "global")!.Error, Does.Contain("older than the one in force"));

        _device.Controller.Answer = _ => FakeController.Config(FakeDevice.Config("equal", at: 10), "h3");
        await _device.AfterAsync(60);
        Assert.That(_device.App, Is.EqualTo("equal"));
    }

    [Test]
    public async Task Another_interval_fetches_at_once_and_then_keeps_that_rhythm()
    {
        _device.Controller.Answer = _ => FakeController.Config(FakeDevice.Config("web", 0, ("timer.config.interval", "10")), "h1");
        _device.Onboarded().Start();
        await _device.Device.SettleAsync();
        Assert.That(_device.Controller.Requests, Has.Count.EqualTo(2));
        Assert.That(_device.Controller.LastHash, Is.EqualTo("h1"));

        await _device.AfterAsync(9);
        Assert.That(_device.Controller.Requests, Has.Count.EqualTo(2));
        await _device.AfterAsync(1);
        Assert.That(_device.Controller.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_bad_item_keeps_the_former_value_and_is_reported()
    {
        _device.Controller.Answer = _ => FakeController.Config(FakeDevice.Config("", 0, ("timer.config.interval", "3"), ("no.such.item", "1")), "h1");
        _device.Onboarded().Start();
        await _device.Device.SettleAsync();

        Assert.That(_device.Item(ConfigItems.ConfigInterval), Is.EqualTo("60"));
        var errors = _device.Device.Read(ZedagentPrivate.ConfigVerdict, "global")!.Items.Where(i => i.Error.Length > 0).Select(i => i.Key);
        Assert.That(errors, Is.EquivalentTo(new[] { "timer.config.interval", "no.such.item" }));
    }

    [Test]
    public async Task A_network_that_works_again_fetches_at_once()
    {
        _device.Onboarded();
        _device.Network(DPCState.FailWithIpAndDns);
        _device.Start();
        await _device.Device.SettleAsync();
        Assert.That(_device.Controller.Requests, Has.Count.EqualTo(1));

        _device.Network(DPCState.Success);
        await _device.Device.SettleAsync();
        Assert.That(_device.Controller.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task The_same_error_keeps_its_time_and_moves_no_topic()
    {
        var config = FakeDevice.Config();
        config.NetworkInstances.Add(new Wire.NetworkInstanceConfig { Uuidandversion = new() { Uuid = "66666666-6666-4666-8666-666666666666" }, Mtu = 1 });
        _device.Controller.Answer = _ => FakeController.Config(config, $"h{_device.Controller.Requests.Count}");
        _device.Onboarded().Start();
        await _device.Device.SettleAsync();
        var (instance, ports) = (_device.Device.ReadAll(ZedagentTopics.NetworkInstanceConfig).Values.Single(), _device.Device.Read(ZedagentTopics.DevicePortConfig, "zedagent"));
        await _device.AfterAsync(60);

        Assert.That(_device.Controller.Requests, Has.Count.EqualTo(2));
        Assert.That(_device.Device.ReadAll(ZedagentTopics.NetworkInstanceConfig).Values.Single(), Is.EqualTo(instance));
        Assert.That(_device.Device.Read(ZedagentTopics.DevicePortConfig, "zedagent"), Is.EqualTo(ports));
    }

    IEnumerable<bool> AllReady() =>
    [
        _device.Device.IsReady(ZedagentTopics.CipherContext), _device.Device.IsReady(ZedagentTopics.DatastoreConfig), _device.Device.IsReady(ZedagentTopics.PhysicalIOAdapterList),
        _device.Device.IsReady(ZedagentTopics.DevicePortConfig), _device.Device.IsReady(ZedagentTopics.NetworkInstanceConfig), _device.Device.IsReady(ZedagentTopics.ContentTreeConfig),
        _device.Device.IsReady(ZedagentTopics.VolumeConfig), _device.Device.IsReady(ZedagentTopics.AppInstanceConfig), _device.Device.IsReady(ZedagentTopics.EdgeNodeInfo),
        _device.Device.IsReady(ZedagentTopics.BaseOsConfig),
    ];
}
