using Eve.Agents.Zedmanager;
using Eve.Testing;
using Eve.Topics;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests.Zedmanager;

/// <summary>Zedmanager on a device where the test plays zedagent, volumemgr, zedrouter and domainmgr.</summary>
public abstract class ZedmanagerFixture
{
    private protected static readonly Guid s_app = new("aaaaaaaa-0000-0000-0000-000000000001"), s_other = new("00000000-0000-0000-0000-000000000002");
    private protected static readonly Guid s_volume = new("bbbbbbbb-0000-0000-0000-000000000001"), s_network = new("cccccccc-0000-0000-0000-000000000001");

    private protected FakeTimeProvider _time = null!;
    private protected TestDevice _device = null!;
    private protected CancellationTokenSource _life = null!;

    [SetUp]
    public void SetUp()
    {
        _time = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        _device = new(
            _time, AgentNames.Zedagent, AgentNames.Zedmanager, AgentNames.Volumemgr, AgentNames.Zedrouter, AgentNames.Domainmgr, AgentNames.Zedclient);
        _device.Publish(ZedclientTopics.OnboardingStatus, new OnboardingStatus(Guid.NewGuid()));
    }

    [TearDown]
    public async Task TearDown()
    {
        await _device.DisposeAsync();
        _life?.Dispose();
    }

    /// <summary>The agent, with everybody else ready.</summary>
    private protected async Task StartAsync(bool ready = true, ulong memoryMB = 4096)
    {
        if (ready)
            AllReady(memoryMB);
        _life = _device.Start(AgentNames.Zedmanager, new ZedmanagerAgent());
        await _device.SettleAsync();
    }

    private protected void AllReady(ulong memoryMB = 4096)
    {
        _device.Publish(DomainmgrTopics.HostMemory, new HostMemory(memoryMB));
        _device.Announce(ZedagentTopics.AppInstanceConfig);
        _device.Announce(VolumemgrTopics.VolumeRefStatus);
        _device.Announce(ZedrouterTopics.AppNetworkStatus);
        _device.Announce(DomainmgrTopics.DomainStatus);
    }

    private protected static AppInstanceConfig Config(Guid? app = null) => new(
        new UUIDandVersion(app ?? s_app, "1"), "demo", FixedResources: new VmConfig(Memory: 524288, VCpus: 1, VirtualizationMode: VmMode.Hvm),
        VolumeRefConfigList: [new VolumeRefConfig(s_volume, 1, AppUUID: app ?? s_app, VerifyOnly: true)], Activate: true,
        AppNetAdapterList: [new AppNetAdapterConfig("eth0", Network: s_network, IfIdx: 1)]);

    private protected async Task ConfigureAsync(AppInstanceConfig config)
    {
        _device.Publish(ZedagentTopics.AppInstanceConfig, config);
        await _device.SettleAsync();
    }

    private protected async Task VolumeAsync(SwState state, Guid? app = null, Func<VolumeRefStatus, VolumeRefStatus>? more = null)
    {
        var location = state >= SwState.CreatedVolume ? $"/persist/vault/volumes/{s_volume}#1.qcow2" : "";
        var status = new VolumeRefStatus(s_volume, 1, AppUUID: app ?? s_app, State: state, ActiveFileLocation: location, ContentFormat: ImageFormat.Qcow2);
        _device.Publish(VolumemgrTopics.VolumeRefStatus, more?.Invoke(status) ?? status);
        await _device.SettleAsync();
    }

    private protected static AppNetworkStatus Joined(Guid? app = null) => new(
        new UUIDandVersion(app ?? s_app, "1"), AppNum: 1, Activated: true, DisplayName: "demo",
        AppNetAdapterList: [new AppNetAdapterStatus("eth0", Network: s_network, IfIdx: 1, Vif: "nbu1x1", Bridge: "bn1", Mac: MacAddress.Parse("02:16:3e:00:00:01"), MTU: 1500)]);

    private protected async Task NetworkAsync(AppNetworkStatus status)
    {
        _device.Publish(ZedrouterTopics.AppNetworkStatus, status);
        await _device.SettleAsync();
    }

    private protected static DomainStatus Up(Guid? app = null, uint restarts = 0, int memory = 524288) => new(
        new UUIDandVersion(app ?? s_app, "1"), "demo", SwState.Running, Activated: true, AppNum: 1, RestartCounter: restarts, DomainName: $"{app ?? s_app}.1.1",
        DomainId: 77, VifList: [new VifInfo("bn1", "nbu1x1", VifUsed: "nbu1x1")], Memory: memory, VCpus: 1);

    private protected static DomainStatus Down(Guid? app = null) => Up(app) with { State = SwState.Halted, Activated = false, DomainId = 0 };

    private protected async Task DomainAsync(DomainStatus status)
    {
        _device.Publish(DomainmgrTopics.DomainStatus, status);
        await _device.SettleAsync();
    }

    /// <summary>All the others do their part, so that the application runs.</summary>
    private protected async Task RunningAsync(AppInstanceConfig? config = null)
    {
        config ??= Config();
        var app = config.UUIDandVersion.UUID;
        await ConfigureAsync(config);
        await VolumeAsync(SwState.Loaded, app);
        await VolumeAsync(SwState.CreatedVolume, app);
        await NetworkAsync(Joined(app));
        await DomainAsync(Up(app, Domain(app)!.RestartCounter, Domain(app)!.Memory));
        Assert.That(Status(app).State, Is.EqualTo(SwState.Running));
    }

    private protected AppInstanceStatus Status(Guid? app = null) => _device.Read(ZedmanagerTopics.AppInstanceStatus, (app ?? s_app).ToString())!;
    private protected DomainConfig? Domain(Guid? app = null) => _device.Read(ZedmanagerTopics.DomainConfig, (app ?? s_app).ToString());
    private protected AppNetworkConfig? Network(Guid? app = null) => _device.Read(ZedmanagerTopics.AppNetworkConfig, (app ?? s_app).ToString());
    private protected VolumeRefConfig? Volume(Guid? app = null) => _device.Read(ZedmanagerTopics.VolumeRefConfig, $"{s_volume}#1#{app ?? s_app}");
    private protected int? StoredPurges => _device.Read(ZedmanagerTopics.UuidToNum, s_app.ToString())?.Number;

    private protected async Task PassesAsync(double seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        await _device.SettleAsync();
    }

    /// <summary>Another process: what was volatile is gone.</summary>
    private protected async Task LifeEndsAsync()
    {
        await _life.CancelAsync();
        await _device.SettleAsync();
    }
}
