using Eve.Agents.Volumemgr;
using Eve.Topics;
using NUnit.Framework;
using static Eve.Tests.Volumemgr.Things;

namespace Eve.Tests.Volumemgr;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class VolumemgrRestartTests : VolumemgrFixture
{
    [Test]
    public async Task An_app_that_goes_leaves_its_volume_and_the_volume_outlives_a_domain_that_has_it_open()
    {
        await CreatedAsync();
        _device.Publish(DomainmgrTopics.DomainStatus, new DomainStatus(new(App), Activated: true, DiskStatusList: [new(FileLocation: VolumePath)]));
        _device.Remove(ZedmanagerTopics.VolumeRefConfig, RefKey);
        await _device.SettleAsync();
        Assert.That(AppVolume, Is.Null);
        Assert.That(Volume, Has.Property("RefCount").EqualTo(1).And.Property("State").EqualTo(SwState.CreatedVolume));

        _device.Remove(ZedagentTopics.VolumeConfig, VolumeKey);
        await _device.SettleAsync();
        Assert.That(Volume!.RefCount, Is.Zero);
        Assert.That(_images.Calls, Has.None.StartsWith("destroy"));

        _device.Remove(DomainmgrTopics.DomainStatus, $"{App}");
        await _device.SettleAsync();
        Assert.That(Volume, Is.Null);
        Assert.That(_images.Calls.Last(), Is.EqualTo($"destroy {VolumeKey} Qcow2 True"));
        Assert.That(_device.ReadAll(VolumemgrTopics.AppDiskMetric), Is.Empty);
    }

    [Test]
    public async Task Deleting_all_leaves_nothing()
    {
        await CreatedAsync();
        _device.Remove(ZedagentTopics.ContentTreeConfig, TreeConfig.Key);
        _device.Remove(ZedagentTopics.VolumeConfig, VolumeKey);
        _device.Remove(ZedmanagerTopics.VolumeRefConfig, RefKey);
        await _device.SettleAsync();
        Assert.That(_blobs.Stored, Is.Empty);
        Assert.That(Topics(), Is.Empty);
    }

    [Test]
    public async Task After_a_boot_nothing_complete_is_downloaded_or_made_again()
    {
        _blobs.Stored[Sha] = new(Sha, 13, Now);
        _images.Files.Add(new(VolumeKey, ImageFormat.Qcow2, true, VolumePath, 13, Now));
        await RunningAsync();
        Assert.That(_downloader.Downloads, Is.Zero);
        Assert.That(_images.Calls, Is.Empty);
        Assert.That(_content.Calls, Is.Empty);
        Assert.That(AppVolume, Has.Property("State").EqualTo(SwState.CreatedVolume).And.Property("ActiveFileLocation").EqualTo(VolumePath));
        Assert.That(Blob, Has.Property("State").EqualTo(SwState.Loaded).And.Property("RefCount").EqualTo(1));
    }

    [Test]
    public async Task A_file_of_the_same_name_in_the_other_folder_does_not_hide_the_volume()
    {
        _images.Files.Add(new(VolumeKey, ImageFormat.Qcow2, true, VolumePath, 13, Now));
        _images.Files.Add(new(VolumeKey, ImageFormat.Qcow2, false, "/clear", 13, Now));
        await RunningAsync();
        Assert.That(AppVolume!.ActiveFileLocation, Is.EqualTo(VolumePath));
        Assert.That(_images.Calls, Is.Empty);
    }

    [Test]
    public async Task After_a_kill_before_the_content_was_taken_in_it_comes_from_the_verifier()
    {
        _content.Found.Add(new(Sha, Names.Layer, "/verified/" + Sha, 13, true));
        await RunningAsync();
        Assert.That(_downloader.Downloads, Is.Zero);
        Assert.That(TreeStatus!.State, Is.EqualTo(SwState.Loaded));
        Assert.That(_blobs.Calls, Is.EqualTo(new[] { $"ingest /verified/{Sha}" }));
    }

    [Test]
    public async Task What_was_half_made_at_a_kill_is_removed_and_made_anew()
    {
        _device.Publish(VolumemgrTopics.VolumeCreatePending, new VolumeCreatePending(Things.Volume, ContentFormat: ImageFormat.Qcow2, Encrypted: true));
        _images.Files.Add(new(VolumeKey, ImageFormat.Qcow2, true, VolumePath, 13, Now));
        await CreatedAsync();
        Assert.That(_images.Calls, Is.EqualTo(new[] { $"destroy {VolumeKey} Qcow2 True", $"create {VolumeKey}" }));
        Assert.That(_device.ReadAll(VolumemgrTopics.VolumeCreatePending), Is.Empty);
    }

    [Test]
    public async Task An_agent_that_is_started_again_withdraws_nothing_until_its_inputs_are_complete()
    {
        await CreatedAsync();
        await _stop.CancelAsync();
        var before = Topics().ToList();
        foreach (var topic in (Action[])[() => _device.Announce(ZedagentTopics.ContentTreeConfig, false), () => _device.Announce(ZedagentTopics.VolumeConfig, false),
            () => _device.Announce(ZedmanagerTopics.VolumeRefConfig, false), () => _device.Announce(DomainmgrTopics.DomainStatus, false)])
            topic();
        _device.Remove(ZedagentTopics.ContentTreeConfig, TreeConfig.Key);
        _device.Remove(ZedagentTopics.VolumeConfig, VolumeKey);
        _device.Remove(ZedmanagerTopics.VolumeRefConfig, RefKey);
        _images.Files.Add(new(VolumeKey, ImageFormat.Qcow2, true, VolumePath, 13, Now));
        _device.Publish(ZedagentTopics.ZedAgentStatus, new ZedAgentStatus(ConfigGetStatus: ConfigGetStatus.Success));
        _device.Start(AgentNames.Volumemgr, new VolumemgrAgent(_blobs, _images, _usage));
        await _device.SettleAsync();
        Assert.That(_device.IsReady(VolumemgrTopics.VolumeStatus), "from the folder alone");
        Assert.That(Topics(), Is.EqualTo(before));

        _device.Announce(ZedagentTopics.ContentTreeConfig);
        _device.Announce(ZedagentTopics.VolumeConfig);
        _device.Announce(ZedmanagerTopics.VolumeRefConfig);
        _time.Advance(TimeSpan.FromMinutes(7));
        await _device.SettleAsync();
        Assert.That(Volume, Is.Not.Null, "a domain may have it open");
        Assert.That(_images.Calls, Has.None.StartsWith("destroy"));
        _device.Announce(DomainmgrTopics.DomainStatus);
        await _device.SettleAsync();
        Assert.That(Topics(), Is.Empty);
        Assert.That(_images.Calls.Last(), Does.StartWith("destroy"));
    }

    [Test]
    public async Task What_no_configuration_names_after_a_boot_goes_after_a_while()
    {
        _blobs.Stored[Sha] = new(Sha, 13, Now);
        _images.Files.Add(new(VolumeKey, ImageFormat.Raw, false, VolumePath, 13, Now));
        _content.Found.Add(new(new('c', 64), Names.Layer, "/verified/c", 13, true));
        Start();
        Announce();
        _device.Publish(ZedagentTopics.ZedAgentStatus, new ZedAgentStatus(ConfigGetStatus: ConfigGetStatus.Success));
        await _device.SettleAsync();
        Assert.That(Blob, Has.Property("RefCount").Zero.And.Property("State").EqualTo(SwState.Loaded));
        Assert.That(_images.Calls, Is.Empty);

        _time.Advance(TimeSpan.FromMinutes(7));
        await _device.SettleAsync();
        Assert.That(Topics(), Is.Empty);
        Assert.That(_blobs.Stored, Is.Empty);
        Assert.That(_images.Calls, Is.EqualTo(new[] { $"destroy {VolumeKey} Raw False" }));
        Assert.That(_content.Calls, Is.EqualTo(new[] { $"delete {new string('c', 64)}" }));
    }
}
