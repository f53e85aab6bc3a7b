using Eve.Agents.Domainmgr;
using Eve.Tests.Platform;
using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests.Domainmgr;

public class CloudInitTests
{
    [Test]
    public void The_seed_holds_the_apps_data_its_id_and_its_name()
    {
        var seed = CloudInit.Seed(Make.Config())!;
        Assert.That(seed.UserData, Is.EqualTo("#cloud-config\n"));
        Assert.That(seed.MetaData, Is.EqualTo($"instance-id: {Make.Key}/1\nlocal-hostname: {Make.Key}\n"));
        Assert.That(CloudInit.Seed(Make.Config() with { CloudInitVersion = 7 })!.MetaData, Does.StartWith($"instance-id: {Make.Key}/7\n"));
    }

    [Test]
    public void There_is_none_without_data_or_where_none_is_wanted()
    {
        Assert.That(CloudInit.Seed(Make.Config() with { CloudInitUserData = "" }), Is.Null);
        Assert.That(CloudInit.Seed(Make.Config() with { MetaDataType = MetaDataType.None }), Is.Null);
        Assert.That(CloudInit.Seed(Make.Config() with { MetaDataType = MetaDataType.OpenStack }), Is.Null);
    }

    [Test]
    public void Faulty_base64_is_named() => Assert.That(
        () => CloudInit.Seed(Make.Config() with { CloudInitUserData = "%" }),
        Throws.TypeOf<EveException>().With.Message.EqualTo("app web: its cloud-init user data are not base64: encode them"));
}

public class DiskImageTests
{
    static readonly DiskConfig Disk = new(FileLocation: "/v", Format: ImageFormat.Qcow2, DisplayName: "boot");

    [TestCase("""{"format":"qcow2"}""", null)]
    [TestCase("""{"format":"raw"}""", "disk boot: /v is of format raw, configured is qcow2: correct the format or the image")]
    [TestCase("""{"format":"qcow2","backing-filename":"/etc/shadow"}""", "disk boot: the image refers to another file (/etc/shadow): use an image without backing file")]
    [TestCase("""{"format":"qcow2","format-specific":{"data":{"data-file":"/dev/vda"}}}""", "disk boot: the image keeps its data in another file (/dev/vda): use an image without data file")]
    public void An_image_that_is_not_what_it_should_be_is_refused(string info, string? refusal) => Assert.That(DiskImage.Refusal(Disk, info), Is.EqualTo(refusal));
}

public class VmSizingTests
{
    [TestCase(0, 0u, 350ul + 26 + 20 + 3)]
    [TestCase(0, 512u, 512ul)]
    [TestCase(100 * 1024, 512u, 100ul)]
    public void The_emulator_needs_memory_besides_the_guests(int own, uint limit, ulong mib) =>
        Assert.That(VmSizing.OverheadMiB(new VmConfig(Memory: 1 << 20, VCpus: 1, VMMMaxMem: own), limit), Is.EqualTo(mib));

    [Test]
    public void What_cannot_be_made_is_refused_with_its_remedy()
    {
        Assert.That(VmSizing.Refusal(Make.Config()), Is.Null);
        Assert.That(VmSizing.Refusal(Make.Config() with { DiskConfigList = [] }), Does.Contain("give it a volume"));
        Assert.That(VmSizing.Refusal(Make.Config() with { IoAdapterList = [new IoAdapter(Name: "eth3")] }), Does.Contain("eth3"));
        Assert.That(VmSizing.Refusal(Make.Config() with { DiskConfigList = [new DiskConfig(Format: ImageFormat.Vmdk, DisplayName: "d")] }), Does.Contain("disk d: format Vmdk"));
        Assert.That(VmSizing.Refusal(Make.Config() with { IsCipher = true }), Does.Contain("encrypted"));
    }
}

public class MachineFiguresTests
{
    [Test]
    public void The_kernels_figures_are_read()
    {
        string[] meminfo = ["MemTotal:       24571234 kB", "MemFree:          1 kB", "MemAvailable:   20000000 kB"];
        string[] stat = ["cpu  100 10 50 9999 77 5 5 3 100 0", "cpu0 1 1 1 1 1 1 1 1 1 1", "cpu1 1 1 1 1 1 1 1 1 1 1", "intr 1"];
        Assert.That(MachineFigures.Of(meminfo, stat), Is.EqualTo(new HostUsage(24571234, 20000000, 2, 850_000_000)));
        Assert.That(MachineFigures.Of([], []), Is.EqualTo(new HostUsage(0, 0, 0, 0)));
    }

    [TestCase("flags\t\t: fpu vmx sse", true)]
    [TestCase("flags\t\t: fpu svm sse", true)]
    [TestCase("flags\t\t: fpu svm_lock", false)]
    [TestCase("model name\t: vmx", false)]
    public void A_processor_tells_whether_it_runs_guests(string line, bool can) => Assert.That(MachineFigures.TellsOfVirtualization(line), Is.EqualTo(can));
}

public class MetricsTests
{
    [Test]
    public void A_guest_that_is_gone_keeps_its_last_row_without_memory()
    {
        var host = new HostUsage(4 << 20, 1 << 20, 2, 123);
        var running = new Measurement(Make.Noon, host, new Dictionary<Guid, GuestUsage> { [Make.App] = new(2_000_000, 100 * 1024, 150 * 1024) });
        var row = Metrics.Of(Make.Status(Make.Config() with { VCpus = 2 }), running, null, 0);
        Assert.That(row, Is.EqualTo(new DomainMetric(
            new UUIDandVersion(Make.App, "1"), 1_000_000, 0, 192 + 381, 100, 150, 473, 100.0 * 100 / 573, Make.Noon, true)));
        var gone = Metrics.Of(Make.Status(), running with { Guests = new Dictionary<Guid, GuestUsage>() }, row, 0);
        Assert.That(gone, Is.EqualTo(row with { UsedMemory = 0, MaxUsedMemory = 0, UsedMemoryPercent = 0, Activated = false }));
        Assert.That(Metrics.Device(running), Has.Property("UsedMemory").EqualTo(3072).And.Property("UsedMemoryPercent").EqualTo(75).And.Property("Key").EqualTo(Guid.Empty.ToString()));
    }
}

public class ConsoleFileTests
{
    TemporaryFolder _folder = null!;

    string Log => _folder.Path("guest.log");

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void Whole_lines_are_read_once_also_after_a_restart()
    {
        var console = new ConsoleFile(Log);
        Assert.That(console.Read(), Is.EqualTo(ConsoleText.Nothing));
        File.AppendAllText(Log, "one\r\ntwo \u0007bell\nthr");
        Assert.That(console.Read().Lines, Is.EqualTo(new[] { "one", "two ?bell" }));
        File.AppendAllText(Log, "ee\n");
        Assert.That(new ConsoleFile(Log).Read().Lines, Is.EqualTo(new[] { "three" }));
        Assert.That(new ConsoleFile(Log).Read().Lines, Is.Empty);
    }

    [Test]
    public void A_flood_is_cut_and_what_comes_after_is_read()
    {
        var console = new ConsoleFile(Log);
        File.AppendAllText(Log, string.Concat(Enumerable.Repeat("flood flood flood flood\n", 100_000)));
        var flood = console.Read();
        Assert.That(flood.Dropped, Is.EqualTo(100_000 * 24 - 64 * 1024));
        Assert.That(flood.Lines, Has.Count.InRange(2700, 2800));
        Assert.That(new FileInfo(Log).Length, Is.Zero);
        File.AppendAllText(Log, "after\n");
        Assert.That(console.Read().Lines, Is.EqualTo(new[] { "after" }));
    }

    [Test]
    public void A_line_without_end_is_not_kept_for_ever()
    {
        var console = new ConsoleFile(Log);
        File.AppendAllText(Log, new string('x', 9000));
        Assert.That(console.Read().Lines, Is.EqualTo(new[] { new string('x', 8192) }));
    }
}
