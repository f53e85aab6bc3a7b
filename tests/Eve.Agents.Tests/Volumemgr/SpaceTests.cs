using System.Buffers.Binary;
using Eve.Agents.Volumemgr;
using Eve.Topics;
using NUnit.Framework;
using static Eve.Tests.Volumemgr.Things;

namespace Eve.Tests.Volumemgr;

public sealed class SpaceTests
{
    const ulong GiB = 1 << 30;

    static readonly DiskReport Disk = new(Total: 100 * GiB, Used: 5 * GiB, Free: 95 * GiB, UsedByApps: 4 * GiB);

    [Test]
    public void The_device_keeps_its_logs_and_a_share_of_the_disk()
    {
        Assert.That(Space.Kept(Disk, ConfigView.Defaults), Is.EqualTo(2 * GiB + 2 * GiB), "20 % of the disk is more than the most it keeps");
        Assert.That(Space.Kept(Disk with { Used = 14 * GiB }, ConfigView.Defaults), Is.EqualTo(2 * GiB + 10 * GiB), "it uses more");
        Assert.That(Space.Kept(Disk with { Total = 5 * GiB }, ConfigView.Defaults), Is.EqualTo(2 * GiB + 5 * GiB / 100 * 20));
    }

    [Test]
    public void What_is_promised_is_not_there_for_others()
    {
        Assert.That(Space.Remaining(Disk, ConfigView.Defaults, 6 * GiB), Is.EqualTo(90 * GiB));
        Assert.That(Space.Remaining(Disk, ConfigView.Defaults, 1000 * GiB), Is.Zero);
        Assert.That(Space.Remaining(Disk with { Free = GiB }, ConfigView.Defaults, 0), Is.EqualTo(GiB), "somebody else has filled the disk");
        Assert.That(Space.Remaining(null, ConfigView.Defaults, 0), Is.Null);
    }

    [Test]
    public void No_space_is_published_only_of_a_disk_that_is_full()
    {
        Assert.That(Space.Published(Disk, 0), Is.EqualTo(1));
        Assert.That(Space.Published(Disk with { Free = 0 }, 0), Is.Zero);
    }

    [Test]
    public void A_volume_takes_what_it_may_grow_to_unless_nobody_writes_to_it()
    {
        var volume = new VolumeStatus(MaxVolSize: 10, CurrentSize: 3, State: SwState.CreatedVolume);
        Assert.That(Space.Of(volume, DiskVolume), Is.EqualTo(10));
        Assert.That(Space.Of(volume with { ReadOnly = true }, DiskVolume), Is.EqualTo(3));
        Assert.That(Space.Of(volume, DiskVolume with { HasNoAppReferences = true }), Is.EqualTo(3));
        Assert.That(Space.Of(volume with { State = SwState.Loaded }, DiskVolume), Is.Zero);
        Assert.That(Space.Of(new BlobStatus(Size: 7, State: SwState.Initial)), Is.Zero);
        Assert.That(Space.Of(new BlobStatus(Size: 7, State: SwState.Downloading, HasDownloaderRef: true)), Is.EqualTo(7));
    }

    [TestCase("f0000000-0000-0000-0000-000000000001#12.qcow2", ImageFormat.Qcow2)]
    [TestCase("f0000000-0000-0000-0000-000000000001#0.raw", ImageFormat.Raw)]
    [TestCase("f0000000-0000-0000-0000-000000000001#0.iso", ImageFormat.Iso)]
    public void A_volumes_name_holds_its_key(string file, ImageFormat format)
    {
        Assert.That(Names.Parse(file), Is.EqualTo((Path.GetFileNameWithoutExtension(file), format)));
        Assert.That(Names.VolumeFile(Path.GetFileNameWithoutExtension(file), format), Is.EqualTo(file));
    }

    [TestCase("f0000000-0000-0000-0000-000000000001#012.qcow2")]
    [TestCase("f0000000-0000-0000-0000-000000000001.qcow2")]
    [TestCase("f0000000-0000-0000-0000-000000000001#1.vmdk")]
    [TestCase("f0000000-0000-0000-0000-000000000001#1#2.raw")]
    [TestCase("lost+found")]
    [TestCase(".raw")]
    public void Another_name_is_no_volume(string file) => Assert.That(Names.Parse(file), Is.Null);

    [Test]
    public void Pauses_double_up_to_ten_minutes()
    {
        Retry? retry = null;
        List<double> pauses = [];
        for (var i = 0; i < 9; i++)
        {
            retry = Retry.After(retry, TimeSpan.Zero);
            pauses.Add(retry.At.TotalSeconds);
        }
        Assert.That(pauses, Is.EqualTo(new double[] { 10, 20, 40, 80, 160, 320, 600, 600, 600 }));
    }

    [Test]
    public void The_collection_comes_a_while_after_the_configuration_and_never_in_maintenance()
    {
        var configured = new ZedAgentStatus(ConfigGetStatus: ConfigGetStatus.ReadSaved);
        var failing = new ZedAgentStatus(ConfigGetStatus: ConfigGetStatus.Fail);
        var start = new Collection(TimeSpan.Zero);
        Assert.That(start.Next(failing, ConfigView.Defaults, TimeSpan.FromHours(9)), Has.Property("Now").False.And.Property("Due").Null);
        var waiting = start.Next(configured, ConfigView.Defaults, TimeSpan.FromMinutes(1));
        Assert.That(waiting, Has.Property("Now").False.And.Property("Due").EqualTo(TimeSpan.FromMinutes(6)));
        Assert.That(waiting.Next(failing, ConfigView.Defaults, TimeSpan.FromMinutes(6)), Has.Property("Now").True.And.Property("Due").EqualTo(TimeSpan.FromMinutes(12)));
        Assert.That(waiting.Next(configured with { MaintenanceMode = true }, ConfigView.Defaults, TimeSpan.FromMinutes(6)).Now, Is.False);
    }

    [TestCase(0, 0u, "it does not begin like one")]
    [TestCase(8, 512u, "its content needs a backing file")]
    [TestCase(32, 1u, "encrypted")]
    [TestCase(76, 4u, "its content needs a data file")]
    [TestCase(4, 9u, "version 9")]
    public void A_header_that_reaches_outside_is_refused(int offset, uint value, string reason)
    {
        var header = Header();
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(offset), value);
        Assert.That(ImageCheck.Complaint(header), Does.Contain(reason));
    }

    [Test]
    public void A_header_that_stands_alone_is_not()
    {
        Assert.That(ImageCheck.Complaint(Header()), Is.Null);
        Assert.That(ImageCheck.Complaint(Header().AsSpan(0, 50)), Does.Contain("does not begin like one"));
        Assert.That(ImageCheck.Complaint([]), Does.Contain("does not begin like one"));
    }

    [Test]
    public void What_qemu_img_says_is_checked_too()
    {
        var info = ImageCheck.Parse("""{"virtual-size": 64, "actual-size": 32, "format": "qcow2", "dirty-flag": false, "backing-filename": "/etc/passwd", "format-specific": {"type": "qcow2", "data": {"data-file": "x"}}}""");
        Assert.That(info, Is.EqualTo(new ImageInfo("qcow2", 64, 32, false, false, "/etc/passwd", "x")));
        Assert.That(ImageCheck.Complaint(info), Does.Contain("/etc/passwd"));
        Assert.That(ImageCheck.Complaint(info with { BackingFile = "" }), Does.Contain("data file 'x'"));
        Assert.That(ImageCheck.Complaint(info with { BackingFile = "", DataFile = "" }), Is.Null);
        Assert.That(() => ImageCheck.Parse("no"), Throws.TypeOf<EveException>());
    }

    static byte[] Header()
    {
        var header = new byte[ImageCheck.HeaderLength];
        BinaryPrimitives.WriteUInt32BigEndian(header, 0x514649fb);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), 3);
        return header;
    }
}
