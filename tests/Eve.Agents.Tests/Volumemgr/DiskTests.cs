using Eve.Agents.Volumemgr;
using Eve.Platform;
using Eve.Testing;
using Eve.Topics;
using NUnit.Framework;
using static Eve.Tests.Volumemgr.Things;

namespace Eve.Tests.Volumemgr;

/// <summary>What volumemgr does to files, in a folder of its own.</summary>
public sealed class DiskTests
{
    readonly Commands _commands = new(TimeProvider.System);
    string _root = "";
    EvePaths _paths = null!;
    DiskImages _images = null!;

    sealed class Said : IProgress<uint>
    {
        public List<uint> Values { get; } = [];
        public void Report(uint value) => Values.Add(value);
    }

    [SetUp]
    public void SetUp()
    {
        _root = Directory.CreateTempSubdirectory("eve-test-").FullName;
        _paths = new(_root);
        Directory.CreateDirectory(_paths.Vault);
        _images = new(_paths, _commands);
    }

    [TearDown]
    public void TearDown() => Directory.Delete(_root, recursive: true);

    Task<VolumeOutcome> CreateAsync(ImageFormat format, string? content, ulong size, IDiskImages? images = null, IProgress<uint>? progress = null) =>
        (images ?? _images).CreateAsync(new(VolumeKey, format, true, content, size, ulong.MaxValue), progress ?? new Said(), CancellationToken.None);

    string File(string name) => Path.Combine(_root, name);

    async Task QemuImgAsync(params string[] arguments)
    {
        if (Programs.Find("qemu-img") is null)
            Assert.Ignore("qemu-img is not installed (Debian package qemu-utils)");
        (await _commands.RunAsync("qemu-img", arguments)).Check();
    }

    [Test]
    public async Task Content_is_kept_as_a_hard_link_and_found_again()
    {
        var store = new BlobStore(_paths);
        Assert.That(store.Scan(), Is.Empty);
        await System.IO.File.WriteAllTextAsync(File("verified"), "content");
        var ingested = await store.IngestAsync(Sha, File("verified"), CancellationToken.None);
        Assert.That(ingested.Error, Is.Null);
        Assert.That(Libc.Inode(store.PathOf(Sha)), Is.EqualTo(Libc.Inode(File("verified"))));
        System.IO.File.Delete(File("verified"));
        await System.IO.File.WriteAllTextAsync(store.PathOf(Sha) + ".new", "cut short");
        Assert.That(store.Scan(), Is.EqualTo(new[] { ingested.Blob }));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(store.PathOf(Sha))!), Has.Length.EqualTo(1));
        Assert.That(store.Remove(Sha), Is.Null);
        Assert.That(store.Scan(), Is.Empty);
        Assert.That((await store.IngestAsync(Sha, File("nowhere"), CancellationToken.None)).Error, Does.Contain("nowhere").And.Contain("tried again"));
    }

    [Test]
    public async Task A_blank_volume_is_sparse_and_a_raw_one_keeps_its_holes_and_its_content()
    {
        var blank = await CreateAsync(ImageFormat.Raw, null, 10_000_000);
        Assert.That(blank.Error, Is.Null);
        Assert.That(blank.Provisioned, Is.EqualTo(10_000_384), "whole sectors");
        Assert.That(await _images.MeasureAsync(blank.File!, CancellationToken.None), Is.EqualTo(new AppDiskMetric(blank.File!.Path, 10_000_384, 0, "raw")));

        var content = new byte[5 << 20];
        content[0] = content[^1] = 7;
        await System.IO.File.WriteAllBytesAsync(File("raw"), content);
        var said = new Said();
        var raw = await CreateAsync(ImageFormat.Raw, File("raw"), 6 << 20, progress: said);
        Assert.That(raw.Provisioned, Is.EqualTo(6 << 20));
        Assert.That(said.Values, Is.EqualTo(new uint[] { 20, 40, 60, 80, 100 }));
        var bytes = await System.IO.File.ReadAllBytesAsync(raw.File!.Path);
        Assert.That(bytes.AsSpan(0, content.Length).SequenceEqual(content));
        Assert.That(bytes, Has.Length.EqualTo(6 << 20));
        Assert.That(Libc.Allocated(raw.File.Path), Is.LessThan(3 << 20));
        Assert.That(_images.Scan().Volumes.Single().Key, Is.EqualTo(VolumeKey));
    }

    [Test]
    public async Task What_cannot_be_a_volume_leaves_no_file()
    {
        await System.IO.File.WriteAllTextAsync(File("garbage"), new string('x', 5000));
        await System.IO.File.WriteAllTextAsync(File("empty"), "");
        Assert.That((await CreateAsync(ImageFormat.Qcow2, File("garbage"), 0)).Error, Does.StartWith("its content is no qcow2 image"));
        Assert.That((await CreateAsync(ImageFormat.Raw, File("empty"), 0)).Error, Does.Contain("its content is empty"));
        Assert.That((await CreateAsync(ImageFormat.Raw, File("nowhere"), 0)).Error, Does.Contain("nowhere"));
        var outcome = await _images.CreateAsync(new(VolumeKey, ImageFormat.Raw, true, File("garbage"), 0, Space: 100), new Said(), CancellationToken.None);
        Assert.That(outcome.Error, Does.Contain("Remaining disk space: 100 bytes"));
        Assert.That(_images.Scan().Volumes, Is.Empty);
    }

    [Test]
    public async Task A_volume_is_destroyed_also_twice_and_strangers_are_left_alone()
    {
        var outcome = await CreateAsync(ImageFormat.Raw, null, 4096);
        var folder = Path.GetDirectoryName(outcome.File!.Path)!;
        Assert.That(outcome.File.Path, Is.EqualTo(Path.Combine(_paths.Vault, "volumes", VolumeKey + ".raw")));
        await System.IO.File.WriteAllTextAsync(Path.Combine(folder, "notes"), "");
        Assert.That(_images.Scan().Strangers, Is.EqualTo(new[] { Path.Combine(folder, "notes") }));
        for (var i = 0; i < 2; i++)
            Assert.That((await _images.DestroyAsync(VolumeKey, ImageFormat.Raw, true, CancellationToken.None)).Error, Is.Null);
        Assert.That(_images.Scan().Volumes, Is.Empty);
    }

    [Test]
    public async Task The_disks_use_is_counted_by_folder()
    {
        await CreateAsync(ImageFormat.Raw, null, 1 << 30);
        Directory.CreateDirectory(_paths.Newlog);
        await System.IO.File.WriteAllBytesAsync(Path.Combine(_paths.Newlog, "log.gz"), new byte[100_000]);
        var report = await new DiskUsage(_paths).ScanAsync(CancellationToken.None);
        Assert.That(report, Has.Property("Total").GreaterThan(0).And.Property("UsedByApps").EqualTo(100_000));
        Assert.That(report!.Metrics.Single(m => m.DiskPath == "/persist").TotalBytes, Is.EqualTo(report.Total));
        Assert.That(report.Metrics.Single(m => m.DiskPath == "/persist/newlog"), Is.EqualTo(new DiskMetric("/persist/newlog", UsedBytes: 100_000, IsDir: true)));
        Assert.That(report.Metrics.Single(m => m.DiskPath == "/persist/vault/volumes").UsedBytes, Is.Zero, "it is sparse");
    }

    [Test]
    public async Task An_image_is_never_shown_to_qemu_img_before_its_header_is_known_to_stand_alone()
    {
        var commands = new RecordingCommands();
        await System.IO.File.WriteAllTextAsync(File("garbage"), new string('x', 5000));
        await CreateAsync(ImageFormat.Qcow2, File("garbage"), 0, new DiskImages(_paths, commands));
        Assert.That(commands.Calls, Is.Empty);
    }

    [Test]
    public async Task A_missing_qemu_img_is_said_with_its_remedy()
    {
        var header = new byte[ImageCheck.HeaderLength];
        (header[0], header[1], header[2], header[3], header[7]) = (0x51, 0x46, 0x49, 0xfb, 3);
        await System.IO.File.WriteAllBytesAsync(File("image"), header);
        var images = new DiskImages(_paths, new RecordingCommands(_ => throw new EveException("qemu-img is missing: install the Debian package qemu-utils")));
        Assert.That((await CreateAsync(ImageFormat.Qcow2, File("image"), 0, images)).Error, Does.Contain("install the Debian package qemu-utils"));
    }

    [Test, Category("system")]
    public async Task A_qcow2_image_becomes_a_volume_of_the_size_that_is_wanted()
    {
        await QemuImgAsync("create", "-q", "-f", "qcow2", File("image"), "16M");
        var grown = await CreateAsync(ImageFormat.Qcow2, File("image"), 64 << 20);
        Assert.That(grown, Has.Property("Error").Null.And.Property("Provisioned").EqualTo(64 << 20));
        var metric = await _images.MeasureAsync(grown.File!, CancellationToken.None);
        Assert.That(metric, Has.Property("ProvisionedBytes").EqualTo(64 << 20).And.Property("DiskType").EqualTo("qcow2").And.Property("Dirty").False);
        Assert.That(await CreateAsync(ImageFormat.Qcow2, File("image"), 1 << 20), Has.Property("Error").Null.And.Property("Provisioned").EqualTo(16 << 20), "content is never cut");
    }

    [Test, Category("system")]
    public async Task A_qcow2_image_with_a_file_elsewhere_or_a_broken_one_is_refused()
    {
        await QemuImgAsync("create", "-q", "-f", "qcow2", File("base"), "16M");
        await QemuImgAsync("create", "-q", "-f", "qcow2", "-b", File("base"), "-F", "qcow2", File("overlay"));
        await QemuImgAsync("create", "-q", "-f", "qcow2", "-o", "data_file=" + File("data"), File("split"), "16M");
        Assert.That((await CreateAsync(ImageFormat.Qcow2, File("overlay"), 0)).Error, Does.Contain("its content needs a backing file"));
        Assert.That((await CreateAsync(ImageFormat.Qcow2, File("split"), 0)).Error, Does.Contain("its content needs a data file"));

        var bytes = await System.IO.File.ReadAllBytesAsync(File("base"));
        bytes[23] = 99;     // clusters of 2^99 bytes
        await System.IO.File.WriteAllBytesAsync(File("broken"), bytes);
        Assert.That((await CreateAsync(ImageFormat.Qcow2, File("broken"), 0)).Error, Does.StartWith("qemu-img info"));
        Assert.That(_images.Scan().Volumes, Is.Empty);
    }
}
