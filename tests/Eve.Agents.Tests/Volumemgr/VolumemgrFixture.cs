using Eve.Agents.Verifier;
using Eve.Agents.Volumemgr;
using Eve.Testing;
using Eve.Topics;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using static Eve.Tests.Volumemgr.Things;

namespace Eve.Tests.Volumemgr;

/// <summary>A device with volumemgr, the real verifier and a downloader by the book, all over memory.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public abstract class VolumemgrFixture
{
    static readonly string[] Publishers =
    [
        AgentNames.Zedagent, AgentNames.Zedmanager, AgentNames.Domainmgr, AgentNames.Zedclient, AgentNames.Vaultmgr,
        AgentNames.Downloader, AgentNames.Verifier, AgentNames.Volumemgr,
    ];

    private protected readonly FakeTimeProvider _time = new(Now);
    private protected readonly MemoryBlobs _blobs = new();
    private protected readonly MemoryImages _images = new();
    private protected readonly MemoryUsage _usage = new();
    private protected readonly MemoryContent _content = new();
    private protected readonly InstantDownloader _downloader = new();
    private protected TestDevice _device = null!;
    private protected CancellationTokenSource _stop = null!;

    [SetUp]
    public void SetUp()
    {
        _device = new(new EvePaths("/device"), _time, null, Publishers);
        _device.Publish(ZedclientTopics.OnboardingStatus, new OnboardingStatus(App));
        _device.Publish(VaultmgrTopics.VaultStatus, new VaultStatus("vault", DataSecAtRestStatus.Disabled, ConversionComplete: true));
    }

    [TearDown]
    public async Task TearDown() => await _device.DisposeAsync();

    private protected void Start()
    {
        _device.Start(AgentNames.Downloader, _downloader);
        _device.Start(AgentNames.Verifier, new VerifierAgent(_content));
        _stop = _device.Start(AgentNames.Volumemgr, new VolumemgrAgent(_blobs, _images, _usage));
    }

    private protected void Configure()
    {
        _device.Publish(ZedagentTopics.DatastoreConfig, Store);
        _device.Publish(ZedagentTopics.ContentTreeConfig, TreeConfig);
        _device.Publish(ZedagentTopics.VolumeConfig, DiskVolume);
        _device.Publish(ZedmanagerTopics.VolumeRefConfig, Ref);
    }

    private protected void Announce()
    {
        _device.Announce(ZedagentTopics.ContentTreeConfig);
        _device.Announce(ZedagentTopics.VolumeConfig);
        _device.Announce(ZedmanagerTopics.VolumeRefConfig);
        _device.Announce(DomainmgrTopics.DomainStatus);
    }

    private protected async Task RunningAsync()
    {
        Start();
        Configure();
        Announce();
        await _device.SettleAsync();
    }

    private protected async Task CreatedAsync()
    {
        await RunningAsync();
        _device.Publish(ZedmanagerTopics.VolumeRefConfig, Ref with { VerifyOnly = false });
        await _device.SettleAsync();
        Assert.That(Volume, Has.Property("State").EqualTo(SwState.CreatedVolume), Volume?.Error);
    }

    private protected VolumeStatus? Volume => _device.Read(VolumemgrTopics.VolumeStatus, VolumeKey);
    private protected VolumeRefStatus? AppVolume => _device.Read(VolumemgrTopics.VolumeRefStatus, RefKey);
    private protected ContentTreeStatus? TreeStatus => _device.Read(VolumemgrTopics.ContentTreeStatus, $"{Tree}");
    private protected BlobStatus? Blob => _device.Read(VolumemgrTopics.BlobStatus, Sha);

    /// <summary>The keys of all that stands on the bus for content or volumes.</summary>
    private protected IEnumerable<string> Topics() =>
        _device.ReadAll(VolumemgrTopics.BlobStatus).Keys.Concat(_device.ReadAll(VolumemgrTopics.ContentTreeStatus).Keys).Concat(_device.ReadAll(VolumemgrTopics.VolumeStatus).Keys)
            .Concat(_device.ReadAll(VolumemgrTopics.VolumeRefStatus).Keys).Concat(_device.ReadAll(VolumemgrTopics.DownloaderConfig).Keys)
            .Concat(_device.ReadAll(VolumemgrTopics.VerifyImageConfig).Keys).Concat(_device.ReadAll(VolumemgrTopics.VolumeCreatePending).Keys);
}
