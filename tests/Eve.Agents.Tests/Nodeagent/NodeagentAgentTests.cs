using Eve.Agents.Nodeagent;
using Eve.Testing;
using Eve.Topics;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests.Nodeagent;

public class NodeagentAgentTests
{
    FakeTimeProvider _time = null!;
    TestDevice _device = null!;
    Power _power = null!;

    [SetUp]
    public void SetUp()
    {
        _time = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        _device = new(_time, AgentNames.Nodeagent, AgentNames.Zedagent, AgentNames.Vaultmgr, AgentNames.Volumemgr, AgentNames.Domainmgr, AgentNames.Zedclient);
        _power = new();
    }

    [TearDown]
    public async Task TearDown() => await _device.DisposeAsync();

    NodeAgentStatus Status => _device.Read(NodeagentTopics.NodeAgentStatus, "nodeagent")!;

    async Task StartAsync(bool onboarded = true)
    {
        if (onboarded)
            _device.Publish(ZedclientTopics.OnboardingStatus, new OnboardingStatus(Guid.NewGuid()));
        _device.Start(AgentNames.Nodeagent, new NodeagentAgent(_power, _power));
        await _device.SettleAsync();
    }

    async Task ZedagentAsync(ZedAgentStatus status)
    {
        _device.Publish(ZedagentTopics.ZedAgentStatus, status with { Name = "zedagent" });
        await _device.SettleAsync();
    }

    async Task PassesAsync(double seconds)
    {
        for (; seconds > 0; seconds -= 10)
        {
            _time.Advance(TimeSpan.FromSeconds(Math.Min(10, seconds)));
            await _device.SettleAsync();
        }
    }

    [Test]
    public async Task Why_it_booted_is_said_before_it_is_onboarded()
    {
        _power.Facts = new("reboot from the controller", BootReason.RebootCmd, Stack: new string('x', 1700) + "end", RestartCounter: 3);
        await StartAsync(onboarded: false);
        Assert.That((Status.RebootReason, Status.BootReason, Status.RestartCounter, Status.RebootStack.Length), Is.EqualTo(("reboot from the controller", BootReason.RebootCmd, 3u, 1600)));
        Assert.That(Status.RebootStack, Does.EndWith("end"));
    }

    [Test]
    public async Task A_reboot_is_announced_then_waits_for_the_guests_then_for_the_disks()
    {
        _device.Publish(DomainmgrTopics.DomainStatus, new DomainStatus(new(Guid.NewGuid()), Activated: true));
        await StartAsync();
        await ZedagentAsync(new(ConfigGetStatus: ConfigGetStatus.Success, RebootCmd: true, RequestedRebootReason: "reboot command", RequestedBootReason: BootReason.RebootCmd));
        Assert.That((Status.DeviceReboot, Status.AllDomainsHalted, _power.Stored), Is.EqualTo((true, false, (string?)null)));
        await PassesAsync(30);
        Assert.That((_power.Stored, _power.StoredReason), Is.EqualTo(("reboot command", BootReason.RebootCmd)));
        await PassesAsync(60);
        Assert.That((Status.AllDomainsHalted, _power.Ended), Is.EqualTo((false, (PowerAction?)null)));

        foreach (var key in _device.ReadAll(DomainmgrTopics.DomainStatus).Keys)
            _device.Remove(DomainmgrTopics.DomainStatus, key);
        await _device.SettleAsync();
        Assert.That((Status.AllDomainsHalted, _power.Ended), Is.EqualTo((true, (PowerAction?)null)));
        await PassesAsync(30);
        Assert.That((_power.Ended, _power.Ends), Is.EqualTo(((PowerAction?)PowerAction.Reboot, 1)));
        await PassesAsync(120);
        Assert.That(_power.Ends, Is.EqualTo(1));
    }

    [Test]
    public async Task A_guest_that_will_not_end_delays_a_poweroff_by_five_minutes()
    {
        _device.Publish(DomainmgrTopics.DomainStatus, new DomainStatus(new(Guid.NewGuid()), Activated: true));
        await StartAsync();
        await ZedagentAsync(new(PoweroffCmd: true));
        await PassesAsync(30 + 300);
        Assert.That((Status.DevicePoweroff, Status.AllDomainsHalted, _power.StoredReason), Is.EqualTo((true, true, BootReason.PoweroffCmd)));
        await PassesAsync(30);
        Assert.That(_power.Ended, Is.EqualTo(PowerAction.Poweroff));
    }

    [Test]
    public async Task A_shutdown_stops_the_applications_only_and_a_reboot_may_follow()
    {
        await StartAsync();
        await ZedagentAsync(new(ShutdownCmd: true));
        await PassesAsync(600);
        Assert.That((Status.DeviceShutdown, Status.AllDomainsHalted, _power.Ended, _power.Stored), Is.EqualTo((true, true, (PowerAction?)null, (string?)null)));
        await ZedagentAsync(new(ShutdownCmd: true, RebootCmd: true, RequestedRebootReason: "again"));
        Assert.That((Status.DeviceReboot, Status.DeviceShutdown), Is.EqualTo((true, false)));
        await PassesAsync(70);
        Assert.That((_power.Ended, _power.Stored), Is.EqualTo(((PowerAction?)PowerAction.Reboot, "again")));
    }

    [Test]
    public async Task A_device_that_never_reaches_its_controller_starts_again()
    {
        _device.Publish(ZedagentTopics.ConfigItemValueMap, ConfigItemUpdate.From(new(), [new("timer.reboot.no.network", "120")], ConfigSource.Controller).Values);
        await StartAsync();
        await PassesAsync(120);
        Assert.That(Status.DeviceReboot, Is.False);
        await PassesAsync(10);
        Assert.That(Status.DeviceReboot);
        await PassesAsync(70);
        Assert.That((_power.StoredReason, _power.Ended), Is.EqualTo((BootReason.Disconnect, (PowerAction?)PowerAction.Reboot)));
    }

    [TestCase(ConfigGetStatus.Success, false)]
    [TestCase(ConfigGetStatus.TemporaryFail, false)]
    [TestCase(ConfigGetStatus.Fail, true)]
    [TestCase(ConfigGetStatus.ReadSaved, true)]
    public async Task Only_a_contact_counts_as_one(ConfigGetStatus status, bool reboots)
    {
        _device.Publish(ZedagentTopics.ConfigItemValueMap, ConfigItemUpdate.From(new(), [new("timer.reboot.no.network", "120")], ConfigSource.Controller).Values);
        await StartAsync();
        await ZedagentAsync(new(ConfigGetStatus: status));
        await PassesAsync(200);
        Assert.That(Status.DeviceReboot, Is.EqualTo(reboots));
    }

    [Test]
    public async Task Maintenance_comes_and_goes_with_its_reasons()
    {
        await StartAsync();
        await ZedagentAsync(new(ConfigGetStatus: ConfigGetStatus.Success, EdgeNodeCertsRefused: true));
        _device.Publish(VolumemgrTopics.VolumeMgrStatus, new VolumeMgrStatus("volumemgr", RemainingSpace: 0));
        _device.Publish(VaultmgrTopics.VaultStatus, new VaultStatus("v", DataSecAtRestStatus.Error));
        await _device.SettleAsync();
        Assert.That(Status.LocalMaintenanceModeReasons, Is.EqualTo((ValueList<MaintenanceModeReason>)[MaintenanceModeReason.LowDiskSpace, MaintenanceModeReason.EdgeNodeCertsRefused]));
        await PassesAsync(310);
        Assert.That((Status.LocalMaintenanceMode, Status.LocalMaintenanceModeReasons[0]), Is.EqualTo((true, MaintenanceModeReason.VaultLockedUp)));

        _device.Publish(VolumemgrTopics.VolumeMgrStatus, new VolumeMgrStatus("volumemgr", RemainingSpace: 100));
        _device.Publish(VaultmgrTopics.VaultStatus, new VaultStatus("v", DataSecAtRestStatus.Disabled));
        await ZedagentAsync(new(ConfigGetStatus: ConfigGetStatus.Success));
        Assert.That((Status.LocalMaintenanceMode, Status.LocalMaintenanceModeReasons.Count), Is.EqualTo((false, 0)));
    }

    sealed class Power : IPower, IBootRecord
    {
        public BootFacts Facts { get; set; } = new();
        public string? Stored { get; private set; }
        public BootReason StoredReason { get; private set; }
        public PowerAction? Ended { get; private set; }
        public int Ends { get; private set; }

        public BootFacts Take() => Facts;
        public void Store(string reason, BootReason bootReason) => (Stored, StoredReason) = (reason, bootReason);

        public Task EndAsync(PowerAction action, CancellationToken cancellationToken)
        {
            (Ended, Ends) = (action, Ends + 1);
            return Task.CompletedTask;
        }
    }
}
