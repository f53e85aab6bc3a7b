using System.Text;
using Eve.Agents.Zedagent;
using Eve.Agents.Zedagent.Private;
using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests.Zedagent.Parts;

/// <summary>Starts without a controller, and what is kept for them.</summary>
public class SavedConfigTests
{
    FakeDevice _device = null!;

    [SetUp]
    public void SetUp() => _device = new();

    [TearDown]
    public async Task TearDown() => await _device.DisposeAsync();

    [Test]
    public async Task Without_a_controller_the_saved_configuration_is_followed_until_it_returns()
    {
        _device.Files.All[ConfigFile.LastConfig] = FakeDevice.Envelope(FakeDevice.Config("saved", at: 5));
        _device.Onboarded().Start();
        await _device.Device.SettleAsync();

        Assert.That((_device.App, _device.Status.ConfigGetStatus, _device.Status.DeviceState), Is.EqualTo(("saved", ConfigGetStatus.ReadSaved, DeviceState.Online)));
        Assert.That(_device.Led, Is.Null);
        Assert.That(_device.Device.IsReady(ZedagentTopics.VolumeConfig), Is.True);
        Assert.That(_device.Device.Read(ZedagentTopics.DevicePortConfig, "zedagent"), Is.Not.Null);

        await _device.AfterAsync(60);
        Assert.That((_device.App, _device.Status.ConfigGetStatus), Is.EqualTo(("saved", ConfigGetStatus.Fail)));
        Assert.That(_device.Controller.LastHash, Is.Empty);

        _device.Controller.Answer = _ => FakeController.Config(FakeDevice.Config("live", at: 6), "h1");
        await _device.AfterAsync(60);
        Assert.That((_device.App, _device.Status.ConfigGetStatus, _device.Led), Is.EqualTo(("live", ConfigGetStatus.Success, LedBlinkCount.Onboarded)));
    }

    [Test]
    public async Task The_live_configuration_may_not_be_older_than_the_saved_one()
    {
        _device.Files.All[ConfigFile.LastConfig] = FakeDevice.Envelope(FakeDevice.Config("saved", at: 5));
        _device.Onboarded().Start();
        await _device.Device.SettleAsync();
        _device.Controller.Answer = _ => FakeController.Config(FakeDevice.Config("replayed", at: 4), "h0");
        await _device.AfterAsync(60);

        Assert.That(_device.App, Is.EqualTo("saved"));
    }

    [TestCase(BootReason.PowerFail, "last")]
    [TestCase(BootReason.RebootCmd, "last")]
    [TestCase(BootReason.Fatal, "backup")]
    [TestCase(BootReason.WatchdogHung, "backup")]
    public async Task The_boot_reason_says_which_one_is_tried_first(BootReason reason, string app)
    {
        _device.Files.All[ConfigFile.LastConfig] = FakeDevice.Envelope(FakeDevice.Config("last"));
        _device.Files.All[ConfigFile.LastConfigBackup] = FakeDevice.Envelope(FakeDevice.Config("backup"));
        _device.Onboarded(reason).Start();
        await _device.Device.SettleAsync();

        Assert.That(_device.App, Is.EqualTo(app));
    }

    [Test]
    public async Task A_forged_or_torn_file_gives_way_to_the_other_one()
    {
        var forged = FakeDevice.Envelope(FakeDevice.Config("forged", 0, ("timer.config.interval", "77")));
        _device.Files.All[ConfigFile.LastConfig] = forged;
        _device.Files.Forged.Add(Convert.ToBase64String(forged));
        _device.Files.All[ConfigFile.LastConfigBackup] = FakeDevice.Envelope(FakeDevice.Config("backup", 0, ("timer.config.interval", "30")));
        _device.Start();
        await _device.Device.SettleAsync();
        Assert.That(_device.Item(ConfigItems.ConfigInterval), Is.EqualTo("30"));

        _device.Onboarded();
        await _device.Device.SettleAsync();
        Assert.That(_device.App, Is.EqualTo("backup"));
    }

    [Test]
    public async Task With_both_files_bad_the_device_waits_and_tries_again_at_each_fetch()
    {
        _device.Files.All[ConfigFile.LastConfig] = [0xff, 0xff];
        _device.Files.All[ConfigFile.LastConfigBackup] = [0xff];
        _device.Onboarded().Start();
        await _device.Device.SettleAsync();
        Assert.That((_device.App, _device.Status.ConfigGetStatus, _device.Status.DeviceState), Is.EqualTo(((string?)null, ConfigGetStatus.Fail, DeviceState.Booting)));
        Assert.That(_device.Device.IsReady(ZedagentTopics.AppInstanceConfig), Is.False);

        _device.Files.All[ConfigFile.LastConfig] = FakeDevice.Envelope(FakeDevice.Config("mended"));
        await _device.AfterAsync(60);
        Assert.That((_device.App, _device.Status.ConfigGetStatus), Is.EqualTo(("mended", ConfigGetStatus.ReadSaved)));
    }

    [Test]
    public async Task The_items_of_the_saved_configuration_hold_from_the_start_but_keep_the_doors_open()
    {
        _device.Files.All[ConfigFile.LastConfig] = FakeDevice.Envelope(FakeDevice.Config("saved", 0, ("timer.config.interval", "30")));
        _device.Start();
        await _device.Device.SettleAsync();

        Assert.That((_device.Item(ConfigItems.ConfigInterval), _device.Item(ConfigItems.UsbAccess)), Is.EqualTo(("30", "true")));
    }

    [Test]
    public async Task Items_of_the_installation_hold_where_nothing_was_saved()
    {
        _device.Files.All[ConfigFile.AuthorizedKeys] = Encoding.UTF8.GetBytes("# me\nssh-ed25519 AAAA me\n\n");
        _device.Start();
        await _device.Device.SettleAsync();

        Assert.That(_device.Item(ConfigItems.SshAuthorizedKeys), Is.EqualTo("ssh-ed25519 AAAA me"));
    }

    [Test]
    public async Task The_items_file_of_the_installation_goes_before_its_keys()
    {
        _device.Files.All[ConfigFile.AuthorizedKeys] = Encoding.UTF8.GetBytes("ssh-ed25519 AAAA me");
        _device.Files.All[ConfigFile.GlobalJson] = Encoding.UTF8.GetBytes(
            """{"GlobalSettings":{"timer.config.interval":{"Key":"timer.config.interval","ItemType":1,"IntValue":90}},"AgentSettings":{}}""");
        _device.Start();
        await _device.Device.SettleAsync();

        Assert.That((_device.Item(ConfigItems.ConfigInterval), _device.Item(ConfigItems.SshAuthorizedKeys)), Is.EqualTo(("90", "")));
    }

    [Test]
    public async Task A_configuration_becomes_the_backup_when_it_has_lived_for_ten_minutes()
    {
        _device.Files.All[ConfigFile.LastConfigBackup] = FakeDevice.Envelope(FakeDevice.Config("proven"));
        _device.Controller.Answer = _ => FakeController.Config(FakeDevice.Config("new"), "h1");
        _device.Onboarded().Start();
        await _device.Device.SettleAsync();
        Assert.That(_device.Files.All[ConfigFile.LastConfig], Is.EqualTo(FakeDevice.Envelope(FakeDevice.Config("new"), "h1")));

        for (var minute = 0; minute < 9; minute++)
            await _device.AfterAsync(60);
        Assert.That(_device.Files.All[ConfigFile.LastConfigBackup], Is.EqualTo(FakeDevice.Envelope(FakeDevice.Config("proven"))));
        await _device.AfterAsync(60);
        Assert.That(_device.Files.All[ConfigFile.LastConfigBackup], Is.EqualTo(FakeDevice.Envelope(FakeDevice.Config("new"), "h1")));
    }

    [Test]
    public async Task A_full_disk_does_not_keep_a_configuration_from_being_applied()
    {
        _device.Files.ReadOnly = true;
        _device.Controller.Answer = _ => FakeController.Config(FakeDevice.Config("web"), "h1");
        _device.Onboarded().Start();
        await _device.Device.SettleAsync();

        Assert.That((_device.App, _device.Status.ConfigGetStatus), Is.EqualTo(("web", ConfigGetStatus.Success)));
    }

    [Test]
    public async Task A_restart_of_zedagent_starts_without_a_hash_and_takes_nothing_away()
    {
        _device.Controller.Answer = _ => FakeController.Config(FakeDevice.Config("web"), "h1");
        var first = _device.Onboarded().Start();
        await _device.Device.SettleAsync();
        await first.CancelAsync();
        await _device.Device.SettleAsync();
        _device.Controller.Answer = _ => FakeController.Nobody;
        _device.Files.All.Clear();
        _device.Start();
        await _device.Device.SettleAsync();

        Assert.That(_device.Controller.LastHash, Is.Empty);
        Assert.That(_device.App, Is.EqualTo("web"));
    }
}
