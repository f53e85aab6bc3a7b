using System.Security.Cryptography;
using Eve.Agents.Verifier;
using Eve.Agents.Volumemgr;
using Eve.Platform;
using Eve.Testing;
using Eve.Topics;
using NUnit.Framework;
using static Eve.Tests.Volumemgr.Things;

namespace Eve.Tests.Volumemgr;

/// <summary>Verifier and volumemgr over a real folder and the real qemu-img: from the downloader's file to a guest's disk, and back after a kill.</summary>
[Category("system")]
public sealed class WholeStoreTests
{
    static readonly string[] Publishers =
    [
        AgentNames.Zedagent, AgentNames.Zedmanager, AgentNames.Domainmgr, AgentNames.Zedclient, AgentNames.Vaultmgr,
        AgentNames.Downloader, AgentNames.Verifier, AgentNames.Volumemgr,
    ];

    readonly Commands _commands = new(TimeProvider.System);
    string _root = "";
    EvePaths _paths = null!;
    string _image = "", _sha256 = "";

    [SetUp]
    public async Task SetUp()
    {
        _root = Directory.CreateTempSubdirectory("eve-test-").FullName;
        _paths = new(_root);
        Directory.CreateDirectory(_paths.Vault);
        if (Programs.Find("qemu-img") is null)
            Assert.Ignore("qemu-img is not installed (Debian package qemu-utils)");
        _image = Path.Combine(_root, "image");
        (await _commands.RunAsync("qemu-img", ["create", "-q", "-f", "qcow2", _image, "16M"])).Check();
        _sha256 = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(_image)));
    }

    [TearDown]
    public void TearDown() => Directory.Delete(_root, recursive: true);

    async Task<TestDevice> StartAsync(InstantDownloader downloader)
    {
        var device = new TestDevice(_paths, TimeProvider.System, null, Publishers);
        device.Publish(ZedagentTopics.ConfigItemValueMap, ConfigItemUpdate.From(
            new ConfigItemValueMap(), [new(ConfigItems.StorageAppsIgnoreDiskCheck.Key, "true")], ConfigSource.Device).Values);
        device.Publish(ZedclientTopics.OnboardingStatus, new OnboardingStatus(App));
        device.Publish(VaultmgrTopics.VaultStatus, new VaultStatus("vault", DataSecAtRestStatus.Disabled, ConversionComplete: true));
        device.Publish(ZedagentTopics.DatastoreConfig, Store);
        device.Publish(ZedagentTopics.ContentTreeConfig, TreeConfig with { ContentSha256 = _sha256 });
        device.Publish(ZedagentTopics.VolumeConfig, DiskVolume);
        device.Publish(ZedmanagerTopics.VolumeRefConfig, Ref with { VerifyOnly = false });
        device.Announce(ZedagentTopics.ContentTreeConfig);
        device.Announce(ZedagentTopics.VolumeConfig);
        device.Announce(ZedmanagerTopics.VolumeRefConfig);
        device.Announce(DomainmgrTopics.DomainStatus);
        downloader.Write = target =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(_image, target, overwrite: true);
        };
        device.Start(AgentNames.Downloader, downloader);
        device.Start(AgentNames.Verifier, new VerifierAgent(new ContentStore(_paths)));
        device.Start(AgentNames.Volumemgr, new VolumemgrAgent(new BlobStore(_paths), new DiskImages(_paths, _commands), new DiskUsage(_paths)));
        await device.SettleAsync();
        return device;
    }

    [Test]
    public async Task Content_becomes_a_disk_once_and_goes_without_a_trace()
    {
        var downloader = new InstantDownloader();
        string disk;
        await using (var device = await StartAsync(downloader))
        {
            var volume = device.Read(VolumemgrTopics.VolumeRefStatus, RefKey)!;
            Assert.That(volume, Has.Property("State").EqualTo(SwState.CreatedVolume), volume.Error);
            disk = volume.ActiveFileLocation;
            Assert.That(disk, Is.EqualTo(Path.Combine(_paths.Vault, "volumes", VolumeKey + ".qcow2")));
            Assert.That(device.Read(VolumemgrTopics.AppDiskMetric, disk.Replace('/', '-')), Has.Property("ProvisionedBytes").EqualTo(DiskVolume.MaxVolSize));
        }
        var inode = Libc.Inode(disk);

        // A kill leaves the folders; everything else starts anew.
        await using (var device = await StartAsync(downloader))
        {
            Assert.That(device.Read(VolumemgrTopics.VolumeRefStatus, RefKey), Has.Property("State").EqualTo(SwState.CreatedVolume));
            Assert.That(downloader.Downloads, Is.EqualTo(1));
            Assert.That(Libc.Inode(disk), Is.EqualTo(inode));

            device.Remove(ZedmanagerTopics.VolumeRefConfig, RefKey);
            device.Remove(ZedagentTopics.VolumeConfig, VolumeKey);
            device.Remove(ZedagentTopics.ContentTreeConfig, TreeConfig.Key);
            await device.SettleAsync();
        }
        File.Delete(_image);
        Assert.That(Directory.GetFiles(_root, "*", SearchOption.AllDirectories).Where(f => !f.Contains("/pending/", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task What_is_no_image_reaches_the_app_as_an_error_with_its_remedy()
    {
        await File.WriteAllTextAsync(_image, new string('x', 5000));
        _sha256 = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(_image)));
        await using var device = await StartAsync(new());
        Assert.That(device.Read(VolumemgrTopics.VolumeRefStatus, RefKey)!.Error, Is.EqualTo(
            $"Volume disk ({Volume}) could not be made: its content is no qcow2 image: it does not begin like one. Put a qcow2 image into the datastore, or give the content's true format."));
    }
}
