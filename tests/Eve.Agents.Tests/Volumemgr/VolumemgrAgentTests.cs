using Eve.Topics;
using NUnit.Framework;
using static Eve.Tests.Volumemgr.Things;

namespace Eve.Tests.Volumemgr;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class VolumemgrAgentTests : VolumemgrFixture
{
    [Test]
    public async Task Content_is_brought_and_verified_and_the_volume_waits_for_its_app()
    {
        await RunningAsync();
        Assert.That(Blob, Has.Property("State").EqualTo(SwState.Loaded).And.Property("RefCount").EqualTo(1));
        Assert.That(TreeStatus, Has.Property("State").EqualTo(SwState.Loaded).And.Property("Progress").EqualTo(100));
        Assert.That(Volume, Has.Property("State").EqualTo(SwState.Loaded).And.Property("RefCount").EqualTo(2));
        Assert.That(AppVolume, Has.Property("State").EqualTo(SwState.Loaded).And.Property("VerifyOnly").True);
        Assert.That(_blobs.Calls, Is.EqualTo(new[] { $"ingest /verified/{Sha}" }));
        Assert.That(_images.Calls, Is.Empty);
    }

    [Test]
    public async Task What_brought_the_content_is_handed_back_when_it_is_in_the_store()
    {
        await RunningAsync();
        Assert.That(_device.ReadAll(VolumemgrTopics.DownloaderConfig), Is.Empty);
        Assert.That(_device.ReadAll(VolumemgrTopics.VerifyImageConfig), Is.Empty);
        Assert.That(_device.ReadAll(DownloaderTopics.DownloaderStatus), Is.Empty);
        Assert.That(_device.ReadAll(VerifierTopics.VerifyImageStatus), Is.Empty);
        Assert.That(_content.Calls.Last(), Is.EqualTo($"delete {Sha}"));
        Assert.That(Blob, Has.Property("HasDownloaderRef").False.And.Property("HasVerifierRef").False);
    }

    [Test]
    public async Task The_volume_is_made_when_the_app_asks_and_the_record_of_it_lies_on_the_disk_first()
    {
        VolumeCreatePending? pending = null;
        _images.Creating = () => pending = _device.Read(VolumemgrTopics.VolumeCreatePending, VolumeKey);
        await CreatedAsync();
        Assert.That(pending, Is.EqualTo(new VolumeCreatePending(Things.Volume, ContentFormat: ImageFormat.Qcow2, Encrypted: true)));
        Assert.That(_device.ReadAll(VolumemgrTopics.VolumeCreatePending), Is.Empty);
        Assert.That(_images.Orders.Single(), Has.Property("Content").EqualTo("/content/" + Sha).And.Property("Size").EqualTo(DiskVolume.MaxVolSize).And.Property("Encrypted").True);
        Assert.That(AppVolume, Has.Property("State").EqualTo(SwState.CreatedVolume).And.Property("ActiveFileLocation").EqualTo(VolumePath).And.Property("ContentFormat").EqualTo(ImageFormat.Qcow2));
        Assert.That(_device.Read(VolumemgrTopics.AppDiskMetric, VolumePath.Replace('/', '-')), Has.Property("ProvisionedBytes").EqualTo(4096));
        Assert.That(_device.Read(VolumemgrTopics.VolumeMgrStatus, "volumemgr"), Has.Property("Initialized").True.And.Property("RemainingSpace").GreaterThan(1000));
    }

    [Test]
    public async Task While_it_is_made_its_progress_is_that_of_the_copy()
    {
        var gate = new TaskCompletionSource();
        _images.Gate = gate.Task;
        await RunningAsync();
        _device.Publish(ZedmanagerTopics.VolumeRefConfig, Ref with { VerifyOnly = false });
        await _device.SettleAsync(jobs: false);
        Assert.That(Volume, Has.Property("State").EqualTo(SwState.CreatingVolume).And.Property("Progress").EqualTo(40));
        gate.SetResult();
        await _device.SettleAsync();
        Assert.That(Volume!.State, Is.EqualTo(SwState.CreatedVolume));
    }

    [Test]
    public async Task Content_of_two_trees_is_downloaded_once_and_goes_with_the_last()
    {
        var other = TreeConfig with { ContentID = Guid.Parse("c0000000-0000-0000-0000-000000000002") };
        _device.Publish(ZedagentTopics.ContentTreeConfig, other);
        _device.Publish(ZedagentTopics.VolumeConfig, DiskVolume with { VolumeID = App, ContentID = other.ContentID });
        await RunningAsync();
        Assert.That(_downloader.Downloads, Is.EqualTo(1));
        Assert.That(Blob!.RefCount, Is.EqualTo(2));
        Assert.That(_device.ReadAll(VolumemgrTopics.VolumeStatus).Values.Select(v => v.State), Is.All.EqualTo(SwState.Loaded));

        _device.Remove(ZedagentTopics.ContentTreeConfig, other.Key);
        await _device.SettleAsync();
        Assert.That(Blob!.RefCount, Is.EqualTo(1));
        _device.Remove(ZedagentTopics.ContentTreeConfig, TreeConfig.Key);
        await _device.SettleAsync();
        Assert.That(Blob, Is.Null);
        Assert.That(TreeStatus, Is.Null);
        Assert.That(_blobs.Calls.Last(), Is.EqualTo($"remove {Sha}"));
    }

    [Test]
    public async Task Bad_content_is_fetched_five_times_more_and_named_at_every_level_and_a_new_configuration_starts_anew()
    {
        _content.Bad = true;
        await RunningAsync();
        Assert.That(_downloader.Downloads, Is.EqualTo(6));
        var text = $"computed SHA-256 {new string('b', 64)}, configured {Sha}";
        Assert.That(Blob, Has.Property("Error").Contains(text).And.Property("RetryCount").EqualTo(5));
        Assert.That(TreeStatus, Has.Property("Error").Contains(text).And.Property("ErrorEntities").EqualTo(new[] { new ErrorEntity(ErrorEntityType.ContentBlob, Sha) }));
        Assert.That(Volume, Has.Property("Error").Contains(text).And.Property("ErrorEntities").EqualTo(new[] { new ErrorEntity(ErrorEntityType.ContentTree, $"{Tree}") }));
        Assert.That(AppVolume, Has.Property("Error").Contains(text).And.Property("ErrorEntities").EqualTo(new[] { new ErrorEntity(ErrorEntityType.Volume, $"{Things.Volume}") })
            .And.Property("ErrorSeverity").EqualTo(ErrorSeverity.Error));

        _content.Bad = false;
        _device.Publish(ZedagentTopics.ContentTreeConfig, TreeConfig with { DisplayName = "mended" });
        await _device.SettleAsync();
        Assert.That(_downloader.Downloads, Is.EqualTo(7));
        Assert.That(AppVolume, Has.Property("State").EqualTo(SwState.Loaded).And.Property("Error").Empty);
    }

    [Test]
    public async Task An_error_of_the_downloader_reaches_the_app()
    {
        _downloader.Error = "store.example: 404";
        await RunningAsync();
        Assert.That(AppVolume, Has.Property("Error").Contains("404").And.Property("ErrorSeverity").EqualTo(ErrorSeverity.Notice).And.Property("ErrorRetryCondition").EqualTo("Will retry"));
        _device.Publish(DownloaderTopics.DownloaderStatus, _device.Read(DownloaderTopics.DownloaderStatus, Sha)!.With(ErrorDescription.None) with { State = SwState.Downloaded });
        await _device.SettleAsync();
        Assert.That(AppVolume, Has.Property("Error").Empty.And.Property("State").EqualTo(SwState.Loaded));
    }

    [Test]
    public async Task Nothing_is_fetched_without_space_and_more_space_is_seen_by_the_next_look()
    {
        var whole = _usage.Report!;
        _usage.Report = whole with { Free = 7 };
        await RunningAsync();
        Assert.That(_downloader.Downloads, Is.Zero);
        Assert.That(AppVolume!.Error, Does.Contain("Remaining disk space: 7 bytes"));
        Assert.That(Blob!.ErrorSourceType, Is.EqualTo("DiskMetric"));
        _usage.Report = whole;
        _time.Advance(TimeSpan.FromMinutes(5));
        await _device.SettleAsync();
        Assert.That(AppVolume, Has.Property("Error").Empty.And.Property("State").EqualTo(SwState.Loaded));
    }

    [Test]
    public async Task A_volume_that_does_not_fit_is_made_when_another_goes()
    {
        var big = DiskVolume with { VolumeID = App, MaxVolSize = 95ul << 30, HasNoAppReferences = false, VolumeContentOriginType = VolumeContentOriginType.Blank };
        _device.Publish(ZedagentTopics.VolumeConfig, big);
        _device.Publish(ZedmanagerTopics.VolumeRefConfig, Ref with { VolumeID = App, VerifyOnly = false });
        await RunningAsync();
        _device.Publish(ZedagentTopics.VolumeConfig, DiskVolume with { MaxVolSize = 50ul << 30 });
        _device.Publish(ZedmanagerTopics.VolumeRefConfig, Ref with { VerifyOnly = false });
        await _device.SettleAsync();
        Assert.That(AppVolume, Has.Property("Error").Contains("Remaining disk space").And.Property("ErrorRetryCondition").Not.Empty.And.Property("State").EqualTo(SwState.Loaded));

        _device.Remove(ZedmanagerTopics.VolumeRefConfig, $"{App}#0#{App}");
        _device.Remove(ZedagentTopics.VolumeConfig, big.Key);
        await _device.SettleAsync();
        Assert.That(AppVolume, Has.Property("Error").Empty.And.Property("State").EqualTo(SwState.CreatedVolume));
    }

    [Test]
    public async Task A_failed_creation_is_said_and_tried_again()
    {
        _images.Error = "it is no qcow2 image";
        await RunningAsync();
        _device.Publish(ZedmanagerTopics.VolumeRefConfig, Ref with { VerifyOnly = false });
        await _device.SettleAsync();
        Assert.That(AppVolume, Has.Property("Error").EqualTo($"Volume disk ({Things.Volume}) could not be made: it is no qcow2 image").And.Property("State").EqualTo(SwState.CreatingVolume));
        Assert.That(_device.ReadAll(VolumemgrTopics.VolumeCreatePending), Has.Count.EqualTo(1));
        Assert.That(_images.Calls, Has.Count.EqualTo(1));
        _images.Error = null;
        _time.Advance(TimeSpan.FromSeconds(11));
        await _device.SettleAsync();
        Assert.That(AppVolume, Has.Property("Error").Empty.And.Property("State").EqualTo(SwState.CreatedVolume));
    }

    [Test]
    public async Task A_volume_of_an_unknown_tree_is_named_while_another_goes_on()
    {
        _device.Publish(ZedagentTopics.VolumeConfig, DiskVolume with { VolumeID = App, ContentID = App, DisplayName = "lost" });
        await CreatedAsync();
        Assert.That(_device.Read(VolumemgrTopics.VolumeStatus, $"{App}#0")!.Error, Does.Contain($"Volume lost ({App}) waits for content tree {App}"));
    }

    [Test]
    public async Task Whatever_is_published_is_complete_in_the_end()
    {
        await CreatedAsync();
        Assert.Multiple(() =>
        {
            Assert.That(_device.IsReady(VolumemgrTopics.AppDiskMetric));
            Assert.That(_device.IsReady(VolumemgrTopics.BlobStatus));
            Assert.That(_device.IsReady(VolumemgrTopics.ContentTreeStatus));
            Assert.That(_device.IsReady(VolumemgrTopics.DiskMetric));
            Assert.That(_device.IsReady(VolumemgrTopics.DownloaderConfig));
            Assert.That(_device.IsReady(VolumemgrTopics.ResolveConfig));
            Assert.That(_device.IsReady(VolumemgrTopics.VerifyImageConfig));
            Assert.That(_device.IsReady(VolumemgrTopics.VolumeCreatePending));
            Assert.That(_device.IsReady(VolumemgrTopics.VolumeMgrStatus));
            Assert.That(_device.IsReady(VolumemgrTopics.VolumeRefStatus));
            Assert.That(_device.IsReady(VolumemgrTopics.VolumeStatus));
            Assert.That(_device.IsReady(VolumemgrTopics.VolumesSnapshotStatus));
        });
    }
}
