using Eve.Agents.Domainmgr;
using Eve.Testing;
using Eve.Tests.Platform;
using Eve.Topics;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests.Domainmgr;

public class DomainmgrAgentTests
{
    readonly FakeTimeProvider _time = new(Make.Noon);
    FakeHypervisor _hypervisor = null!;
    TestDevice _device = null!;
    CancellationTokenSource? _agent;

    [SetUp]
    public void Begin()
    {
        _hypervisor = new FakeHypervisor();
        _device = new TestDevice(_time, AgentNames.Domainmgr, AgentNames.Zedmanager, AgentNames.Zedagent, AgentNames.Nim, AgentNames.Zedclient, AgentNames.Vaultmgr);
    }

    [TearDown]
    public async Task End()
    {
        await _device.DisposeAsync();
        _agent?.Dispose();
    }

    void Start() => _agent = _device.Start(AgentNames.Domainmgr, new DomainmgrAgent(_hypervisor, _hypervisor, new DomainmgrOptions()));

    async Task StartAsync(bool complete = true)
    {
        _device.Publish(ZedagentTopics.ConfigItemValueMap, new ConfigItemValueMap());
        Start();
        _device.Publish(ZedagentTopics.PhysicalIOAdapterList, new PhysicalIOAdapterList(Initialized: true));
        _device.Publish(NimTopics.DeviceNetworkStatus, new DeviceNetworkStatus(Ports: [new NetworkPortStatus("eth0")]));
        _device.Publish(ZedclientTopics.OnboardingStatus, new OnboardingStatus(Guid.NewGuid()));
        _device.Publish(VaultmgrTopics.VaultStatus, new VaultStatus("Application Data Store", ConversionComplete: true));
        if (complete)
        {
            _device.Announce(ZedmanagerTopics.DomainConfig);
            _device.Announce(ZedagentTopics.AppInstanceConfig);
        }
        await _device.SettleAsync();
    }

    DomainStatus? Status => _device.Read(DomainmgrTopics.DomainStatus, Make.Key);

    Task WantAsync(DomainConfig config)
    {
        _device.Publish(ZedmanagerTopics.DomainConfig, config);
        return _device.SettleAsync();
    }

    Task PassAsync(double seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        return _device.SettleAsync();
    }

    [Test]
    public async Task What_others_wait_for_is_there_before_any_gate()
    {
        _device.Publish(ZedagentTopics.ConfigItemValueMap, new ConfigItemValueMap());
        Start();
        await _device.SettleAsync();
        Assert.That(_device.Read(DomainmgrTopics.Capabilities, "global"), Is.EqualTo(_hypervisor.Capabilities));
        Assert.That(_device.Read(DomainmgrTopics.HostMemory, "global"), Is.EqualTo(new HostMemory(4096, 1024, 0, 0, 2)));
        Assert.That(_device.Read(DomainmgrTopics.DomainMetric, Guid.Empty.ToString())!.UsedMemory, Is.EqualTo(3072));
        Assert.That(_device.IsReady(DomainmgrTopics.DomainStatus));
    }

    [Test]
    public async Task An_app_is_started_halted_restarted_and_removed()
    {
        await StartAsync();
        await WantAsync(Make.Config());
        Assert.That(_hypervisor.Take(), Is.EqualTo(new[] { $"start {Make.Key}.1.1" }));
        Assert.That(Status, Has.Property("State").EqualTo(SwState.Running).And.Property("Activated").True.And.Property("PendingAdd").False);
        Assert.That(Status!.VifList[0].VifUsed, Is.EqualTo("nbu1x1"));
        Assert.That(_device.Read(DomainmgrTopics.DomainMetric, Make.Key)!.UsedMemory, Is.EqualTo(1));

        await WantAsync(Make.Config(activate: false, restarts: 1));
        Assert.That(_hypervisor.Take(), Is.EqualTo(new[] { "press", "forget" }));
        Assert.That(Status, Has.Property("State").EqualTo(SwState.Halted).And.Property("Activated").False.And.Property("PendingModify").False);

        await WantAsync(Make.Config(restarts: 1));
        Assert.That(_hypervisor.Take(), Has.Count.EqualTo(1));
        Assert.That(Status, Has.Property("RestartCounter").EqualTo(1).And.Property("State").EqualTo(SwState.Running));

        _device.Remove(ZedmanagerTopics.DomainConfig, Make.Key);
        await _device.SettleAsync();
        Assert.That(_hypervisor.Take(), Is.EqualTo(new[] { "press", "forget", "remove" }));
        Assert.That(Status, Is.Null);
        Assert.That(_device.ReadAll(DomainmgrTopics.DomainMetric).Keys, Is.EqualTo(new[] { Guid.Empty.ToString() }));
    }

    [Test]
    public async Task A_guest_that_crashes_is_reported_by_its_event_and_started_again()
    {
        await StartAsync();
        await WantAsync(Make.Config());
        _hypervisor.End(Make.App, GuestState.Crashed);
        await Eventually.Async(() => Status is { State: SwState.Broken });      // the event is under way, unseen by the device
        await _device.SettleAsync();
        Assert.That(Status, Has.Property("State").EqualTo(SwState.Broken).And.Property("ErrorSeverity").EqualTo(ErrorSeverity.Warning));
        _hypervisor.Take();
        await PassAsync(599);
        Assert.That(_hypervisor.Take(), Is.Empty);
        await PassAsync(2);
        Assert.That(_hypervisor.Take(), Has.Count.EqualTo(1));
        Assert.That(Status, Has.Property("State").EqualTo(SwState.Running).And.Property("TriedCount").EqualTo(2));
    }

    [Test]
    public async Task A_guest_that_vanishes_without_an_event_is_missed_by_the_next_look()
    {
        await StartAsync();
        await WantAsync(Make.Config());
        _hypervisor.Guests.Clear();
        await PassAsync(31);
        Assert.That(Status, Has.Property("BootFailed").True);
    }

    [Test]
    public async Task A_deaf_guest_is_ended_when_its_app_is_deleted()
    {
        _hypervisor.Deaf = true;
        await StartAsync();
        await WantAsync(Make.Config());
        _device.Remove(ZedmanagerTopics.DomainConfig, Make.Key);
        await _device.SettleAsync();
        Assert.That(Status, Has.Property("PendingDelete").True.And.Property("State").EqualTo(SwState.Halting));
        for (var i = 0; i < 6; i++)
            await PassAsync(10);
        Assert.That(_hypervisor.Take().TakeLast(3), Is.EqualTo(new[] { "destroy", "forget", "remove" }));
        Assert.That(Status, Is.Null);
    }

    [Test]
    public async Task Guests_from_before_are_adopted_and_live_until_their_app_is_known_to_be_gone()
    {
        _hypervisor.Guests[Make.App] = Make.Guest();
        await StartAsync(complete: false);
        Assert.That(Status, Has.Property("State").EqualTo(SwState.Running).And.Property("DomainId").EqualTo(4711).And.Property("RestartCounter").EqualTo(0));
        Assert.That(Status!.DiskStatusList[0].VolumeKey, Is.EqualTo("vol#0"));

        _device.Announce(ZedmanagerTopics.DomainConfig);
        await PassAsync(60);
        Assert.That(_hypervisor.Take(), Is.Empty, "zedmanager may wait for the volume of an app that is there");

        _device.Publish(ZedagentTopics.AppInstanceConfig, new AppInstanceConfig(new UUIDandVersion(Make.App, "1")));
        _device.Announce(ZedagentTopics.AppInstanceConfig);
        await PassAsync(60);
        Assert.That(_hypervisor.Take(), Is.Empty);

        await WantAsync(Make.Config());
        Assert.That(_hypervisor.Take(), Is.Empty, "it runs already");

        _device.Remove(ZedmanagerTopics.DomainConfig, Make.Key);
        await _device.SettleAsync();
        Assert.That(_hypervisor.Take(), Is.EqualTo(new[] { "press", "forget", "remove" }));
    }

    [Test]
    public async Task An_app_that_went_while_we_were_away_takes_its_guest_along()
    {
        _hypervisor.Guests[Make.App] = Make.Guest();
        await StartAsync();
        Assert.That(_hypervisor.Take(), Is.EqualTo(new[] { "press", "forget", "remove" }));
        Assert.That(Status, Is.Null);
    }

    [Test]
    public async Task A_restart_of_the_agent_leaves_its_guests_alone()
    {
        await StartAsync();
        await WantAsync(Make.Config());
        var before = Status;
        _hypervisor.Take();
        await _agent!.CancelAsync();
        Start();
        await _device.SettleAsync();
        Assert.That(_hypervisor.Take(), Is.Empty);
        Assert.That(Status, Is.EqualTo(before));
    }

    [Test]
    public async Task What_is_missing_is_named_and_tried_again()
    {
        _hypervisor.Missing = "libvirt.so.0";
        await StartAsync();
        await WantAsync(Make.Config());
        Assert.That(Status, Has.Property("Error").EqualTo("app web: libvirt.so.0 is not installed: will retry in 30s").And.Property("ConfigFailed").True);
        _hypervisor.Missing = null;
        await PassAsync(31);
        Assert.That(Status, Has.Property("State").EqualTo(SwState.Running).And.Property("Error").Empty);
    }

    [Test]
    public async Task While_guests_cannot_be_listed_each_app_is_told_why_and_none_that_it_has_no_guest()
    {
        var stray = new UUIDandVersion(Guid.Parse("5f1d9a3e-6f0c-4a55-9d05-2b8a4c1f7e10"), "1");
        _hypervisor.ListFails = "libvirt is gone";
        _hypervisor.Guests[Make.App] = Make.Guest();
        _device.Publish(ZedagentTopics.AppInstanceConfig, new AppInstanceConfig(new(Make.App, "1"), "web"));
        _device.Publish(ZedagentTopics.AppInstanceConfig, new AppInstanceConfig(stray, "stray"));
        await StartAsync();
        Assert.That((_device.IsReady(DomainmgrTopics.DomainStatus), Status!.Activated, Status.Error), Is.EqualTo((false, false, "app web: it cannot be seen whether its guest runs: libvirt is gone")));
        var since = Status.ErrorTime;
        await PassAsync(31);
        Assert.That(Status.ErrorTime, Is.EqualTo(since));

        _hypervisor.ListFails = null;
        await PassAsync(31);
        Assert.That((_device.IsReady(DomainmgrTopics.DomainStatus), Status!.Activated, Status.Error), Is.EqualTo((true, true, "")));
        Assert.That(_device.Read(DomainmgrTopics.DomainStatus, stray.UUID.ToString()), Is.Null, "it has none");
    }

    [Test]
    public async Task Console_lines_go_to_the_feed()
    {
        var reader = new ReaderAgent();
        _device.Start("reader", reader);
        await StartAsync();
        await WantAsync(Make.Config());
        _hypervisor.Console.Enqueue(new ConsoleText(["one", "two"]));
        await PassAsync(2);
        Assert.That(reader.Lines.Select(l => l.Text), Is.EqualTo(new[] { "one", "two" }));
        Assert.That(reader.Lines[0], Has.Property("App").EqualTo(Make.App).And.Property("DisplayName").EqualTo("web"));
    }

    [Test]
    public async Task Adapters_stay_with_the_device()
    {
        await StartAsync();
        _device.Publish(ZedagentTopics.PhysicalIOAdapterList, new PhysicalIOAdapterList(true, [new PhysicalIOAdapter(PhyIoType.NetEth, "eth0", new PhysicalAddress(Ifname: "eth0"), "uplink")]));
        await _device.SettleAsync();
        var bundle = _device.Read(DomainmgrTopics.AssignableAdapters, "global")!.IoBundleList[0];
        Assert.That(bundle, Has.Property("IsPort").True.And.Property("KeepInHost").True.And.Property("Type").EqualTo(IoType.NetEth));
    }

    sealed class ReaderAgent : IAgent
    {
        public List<ConsoleLine> Lines { get; } = [];

        public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
        {
            var lines = agent.Read(ConsoleLine.Feed);
            while (true)
            {
                await agent.ChangedAsync(cancellationToken);
                Lines.AddRange(lines.Items);
            }
        }
    }
}
