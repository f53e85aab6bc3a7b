using System.Text;
using Eve.Agents.Zedagent;
using Eve.Agents.Zedagent.Private;
using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests.Zedagent.Parts;

/// <summary>Reboot, shutdown, maintenance, and the gates.</summary>
public class CommandTests
{
    FakeDevice _device = null!;

    [SetUp]
    public void SetUp() => _device = new();

    [TearDown]
    public async Task TearDown() => await _device.DisposeAsync();

    [Test]
    public async Task A_reboot_counter_seen_first_is_only_remembered()
    {
        await FetchAsync(reboot: 7, "h1");

        Assert.That((_device.Status.RebootCmd, _device.App), Is.EqualTo((false, "web")));
        Assert.That(Encoding.UTF8.GetString(_device.Files.All[ConfigFile.RebootCommand]), Is.EqualTo("""{"Counter":7,"DesiredState":true,"OpsTime":"now"}"""));
        Assert.That(_device.Device.Read(ZedagentPrivate.ConfigReceipt, "global")!.RebootCounter, Is.EqualTo(7));
    }

    [Test]
    public async Task Another_counter_reboots_once_and_the_configuration_is_saved_but_not_applied()
    {
        _device.Files.All[ConfigFile.RebootCommand] = Encoding.UTF8.GetBytes("""{"Counter":6}""");
        await FetchAsync(reboot: 7, "h1");

        Assert.That((_device.Status.RebootCmd, _device.Status.RequestedBootReason, _device.Status.DeviceState),
            Is.EqualTo((true, BootReason.RebootCmd, DeviceState.Rebooting)));
        Assert.That((_device.App, _device.Files.All.ContainsKey(ConfigFile.LastConfig)), Is.EqualTo(((string?)null, true)));

        // The next life knows the counter.
        await using var next = new FakeDevice();
        next.Files.All[ConfigFile.RebootCommand] = _device.Files.All[ConfigFile.RebootCommand];
        next.Controller.Answer = _device.Controller.Answer;
        next.Onboarded().Start();
        await next.Device.SettleAsync();
        Assert.That((next.Status.RebootCmd, next.App), Is.EqualTo((false, "web")));
    }

    [Test]
    public async Task A_command_that_cannot_be_remembered_is_not_obeyed()
    {
        _device.Files.All[ConfigFile.RebootCommand] = Encoding.UTF8.GetBytes("""{"Counter":6}""");
        _device.Files.ReadOnly = true;
        await FetchAsync(reboot: 7, "h1");

        Assert.That((_device.Status.RebootCmd, _device.App), Is.EqualTo((false, "web")));
    }

    [Test]
    public async Task While_a_new_EVE_is_tested_a_reboot_waits()
    {
        _device.Files.All[ConfigFile.RebootCommand] = Encoding.UTF8.GetBytes("""{"Counter":6}""");
        _device.Onboarded();
        _device.Device.Publish(NodeagentTopics.NodeAgentStatus, new NodeAgentStatus(AgentNames.Nodeagent, UpdateInprogress: true));
        await FetchAsync(reboot: 7, "h1", onboard: false);
        Assert.That((_device.Status.RebootCmd, _device.App), Is.EqualTo((false, "web")));

        _device.Device.Publish(NodeagentTopics.NodeAgentStatus, new NodeAgentStatus(AgentNames.Nodeagent));
        await _device.Device.SettleAsync();
        Assert.That(_device.Status.RebootCmd, Is.True);
    }

    [Test]
    public async Task In_maintenance_only_the_items_move_and_its_end_fetches_the_rest()
    {
        var config = FakeDevice.Config("web", 0, ("timer.metric.interval", "33"));
        config.MaintenanceMode = true;
        _device.Controller.Answer = _ => FakeController.Config(config, "h1");
        _device.Onboarded().Start();
        await _device.Device.SettleAsync();

        Assert.That((_device.Status.MaintenanceMode, _device.Status.DeviceState, _device.App), Is.EqualTo((true, DeviceState.MaintenanceMode, (string?)null)));
        Assert.That(_device.Status.MaintenanceModeReasons, Is.EqualTo(new[] { MaintenanceModeReason.UserRequested }));
        Assert.That(_device.Items!.GlobalSettings["timer.metric.interval"].IntValue, Is.EqualTo(33));
        Assert.That(_device.Device.IsReady(ZedagentTopics.AppInstanceConfig), Is.False);

        config.MaintenanceMode = false;
        await _device.AfterAsync(60);
        Assert.That((_device.Status.MaintenanceMode, _device.App), Is.EqualTo((false, "web")));
    }

    [Test]
    public async Task Local_maintenance_holds_until_it_is_over_and_then_fetches_at_once()
    {
        _device.Controller.Answer = _ => FakeController.Config(FakeDevice.Config("web"), "h1");
        _device.Onboarded();
        _device.Device.Publish(NodeagentTopics.NodeAgentStatus, new NodeAgentStatus(
            AgentNames.Nodeagent, LocalMaintenanceMode: true, LocalMaintenanceModeReasons: [MaintenanceModeReason.VaultLockedUp]));
        _device.Start();
        await _device.Device.SettleAsync();
        Assert.That((_device.App, _device.Status.MaintenanceModeReasons), Is.EqualTo(((string?)null, (ValueList<MaintenanceModeReason>)[MaintenanceModeReason.VaultLockedUp])));

        _device.Device.Publish(NodeagentTopics.NodeAgentStatus, new NodeAgentStatus(AgentNames.Nodeagent));
        await _device.Device.SettleAsync();
        Assert.That(_device.App, Is.EqualTo("web"));
    }

    [Test]
    public async Task Nothing_is_fetched_before_every_gate_is_open()
    {
        await using var device = new FakeDevice(AgentNames.Baseosmgr);
        device.Start();
        device.Onboarded();
        await device.Device.SettleAsync();
        Assert.That(device.Controller.Requests, Is.Empty);

        device.Device.Announce(BaseosmgrTopics.ZbootStatus);
        await device.Device.SettleAsync();
        Assert.That(device.Controller.Requests, Has.Count.EqualTo(1));
    }

    async Task FetchAsync(uint reboot, string hash, bool onboard = true)
    {
        var config = FakeDevice.Config("web");
        config.Reboot = new() { Counter = reboot, DesiredState = true, OpsTime = "now" };
        _device.Controller.Answer = _ => FakeController.Config(config, hash);
        if (onboard)
            _device.Onboarded();
        _device.Start();
        await _device.Device.SettleAsync();
    }
}
