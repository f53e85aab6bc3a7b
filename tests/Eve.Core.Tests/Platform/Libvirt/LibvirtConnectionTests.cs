using Eve.Platform;
using NUnit.Framework;

namespace Eve.Tests.Platform;

[Category("system")]
public class LibvirtConnectionTests
{
    const string Namespace = "urn:eve:test";

    static readonly Guid Id = Guid.Parse("6d0c1a52-6f0e-4b7b-9c39-0d8f0c2f8a11");

    TemporaryFolder _folder = null!;
    LibvirtConnection _libvirt = null!;

    [OneTimeSetUp]
    public void What_libvirt_learns_about_the_emulator_is_kept_over_the_tests() => _folder = new TemporaryFolder();

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [SetUp]
    public async Task Open()
    {
        await DemoGuest.ImageAsync();
        Directory.CreateDirectory(_folder.Path("lib"));
        _libvirt = Reopen();
    }

    [TearDown]
    public void Clean()
    {
        foreach (var domain in _libvirt.Domains())
        {
            if (domain.IsAlive)
                _libvirt.Destroy(domain.Id);
            _libvirt.Undefine(domain.Id);
        }
        _libvirt.Dispose();
    }

    [Test]
    public async Task A_guest_is_booted_adopted_and_stopped_by_its_power_button()
    {
        await StartAsync("normal");
        await ConsoleAsync("listening to the power button");
        var running = _libvirt.Find(Id)!;
        Assert.That(running, Is.EqualTo(new LibvirtDomain(Id, "guest", LibvirtState.Running, running.Reason, running.ProcessId)));
        Assert.That(Processes.IsAlive(running.ProcessId));
        Assert.That(_libvirt.Metadata(Id, Namespace), Does.Contain(">a &amp; b</text>"));

        _libvirt.Dispose();
        Assert.That(Processes.IsAlive(running.ProcessId), "guests outlive the connection");
        _libvirt = Reopen();
        Assert.That(_libvirt.Domains(), Is.EqualTo(new[] { running with { Reason = _libvirt.Find(Id)!.Reason } }));
        Assert.That(_libvirt.Metadata(Id, Namespace), Does.Contain(">a &amp; b</text>"));

        _libvirt.Shutdown(Id);
        var stopped = await StoppedAsync();
        Assert.That(stopped.HasCrashed, Is.False);
        Assert.That((LibvirtShutOffReason)stopped.Reason, Is.EqualTo(LibvirtShutOffReason.Shutdown));
        Assert.That(await EventsAsync(LibvirtEventKind.Stopped), Does.Contain(LibvirtEventKind.Shutdown));
        Assert.That(() => _libvirt.Shutdown(Id), Throws.TypeOf<LibvirtException>().With.Property("IsWrongState").True);

        _libvirt.Undefine(Id);
        Assert.That(_libvirt.Find(Id), Is.Null);
        Assert.That(() => _libvirt.Start(Id), Throws.TypeOf<LibvirtException>().With.Property("IsNoDomain").True);
    }

    [Test]
    public async Task What_a_guest_uses_is_told()
    {
        await StartAsync("normal");
        await ConsoleAsync("guest: up");
        var usage = _libvirt.Usage(Id);
        Assert.That(usage, Has.Property("VCpus").EqualTo(1).And.Property("MaxMemoryKiB").EqualTo(192 * 1024));
        Assert.That(usage.CpuTimeNs, Is.GreaterThan(100_000_000));
        Assert.That(usage.ResidentKiB, Is.InRange(30_000, usage.PeakKiB));
        Assert.That(_libvirt.BlockStats(Id, "vda").ReadBytes, Is.GreaterThan(1_000_000));
        Assert.That(() => _libvirt.InterfaceStats(Id, "none"), Throws.TypeOf<LibvirtException>());
    }

    [Test]
    public async Task A_guest_whose_emulator_is_killed_has_crashed()
    {
        await StartAsync("normal");
        Assert.That(Libc.Kill(_libvirt.Find(Id)!.ProcessId, Libc.SigKill));
        var stopped = await StoppedAsync();
        Assert.That(stopped.HasCrashed);
        Assert.That(await EventsAsync(LibvirtEventKind.Stopped), Is.Not.Empty);
    }

    [Test]
    public async Task A_guest_that_panics_has_crashed()
    {
        await StartAsync("panic");
        var stopped = await StoppedAsync();
        Assert.That(stopped.HasCrashed, $"{stopped}");
    }

    [Test]
    public async Task A_guest_that_does_not_listen_is_destroyed()
    {
        await StartAsync("deaf");
        await ConsoleAsync("guest: up");
        _libvirt.Shutdown(Id);
        Assert.That(_libvirt.Find(Id)!.IsAlive);
        _libvirt.Destroy(Id);
        var stopped = _libvirt.Find(Id)!;
        Assert.That(stopped.IsAlive || stopped.HasCrashed, Is.False);
    }

    [Test]
    public void Faulty_definitions_are_refused_in_libvirts_words() => Assert.That(
        () => _libvirt.Define("<domain type='qemu'><name>x</name></domain>"),
        Throws.TypeOf<LibvirtException>().With.Message.StartsWith("define domain: "));

    [Test]
    public void A_folder_too_deep_for_a_control_socket_is_refused()
    {
        var far = new LibvirtFolder(_folder.Path(new string('x', 60)), _folder.Path("cache"));
        Assert.That(() => LibvirtConnection.OpenEmbedded(far), Throws.TypeOf<EveException>().With.Message.Contains("choose a shorter root"));
    }

    LibvirtConnection Reopen() => LibvirtConnection.OpenEmbedded(new LibvirtFolder(_folder.Path("lv"), _folder.Path("cache")));

    async Task StartAsync(string behaviour)
    {
        var commands = new Commands(TimeProvider.System);
        var seed = Directory.CreateDirectory(_folder.Path("seed-" + behaviour)).FullName;
        File.WriteAllText(Path.Combine(seed, "user-data"), $"#cloud-config\nmessage: hello\nbehaviour: {behaviour}\n");
        File.WriteAllText(Path.Combine(seed, "meta-data"), "instance-id: test\nlocal-hostname: guest\n");
        (await commands.RunAsync("xorriso", ["-as", "mkisofs", "-quiet", "-V", "cidata", "-J", "-r", "-o", _folder.Path("seed.iso"), seed])).Check();
        File.Copy(await DemoGuest.ImageAsync(), _folder.Path("disk.qcow2"), overwrite: true);
        File.Delete(_folder.Path("console.log"));
        Assert.That(_libvirt.Define(Xml()), Is.EqualTo(Id));
        _libvirt.Start(Id);
    }

    string Xml() => $"""
        <domain type='qemu'>
          <name>guest</name>
          <uuid>{Id}</uuid>
          <metadata><t:guest xmlns:t='{Namespace}'><text xmlns='{Namespace}'>a &amp; b</text></t:guest></metadata>
          <memory unit='MiB'>192</memory>
          <vcpu>1</vcpu>
          <os><type arch='x86_64' machine='q35'>hvm</type></os>
          <features><acpi/></features>
          <on_crash>destroy</on_crash>
          <devices>
            <disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='{_folder.Path("disk.qcow2")}'/><target dev='vda' bus='virtio'/></disk>
            <disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='{_folder.Path("seed.iso")}'/><target dev='vdz' bus='virtio'/><readonly/></disk>
            <serial type='file'><source path='{_folder.Path("console.log")}' append='on'/><target port='0'/></serial>
            <panic model='isa'/>
            <memballoon model='none'/>
          </devices>
          <seclabel type='none'/>
        </domain>
        """;

    Task ConsoleAsync(string text) => Eventually.Async(
        () => File.Exists(_folder.Path("console.log")) && File.ReadAllText(_folder.Path("console.log")).Contains(text, StringComparison.Ordinal), seconds: 240);

    async Task<LibvirtDomain> StoppedAsync()
    {
        await Eventually.Async(() => _libvirt.Find(Id) is { IsAlive: false }, seconds: 240);
        return _libvirt.Find(Id)!;
    }

    async Task<List<LibvirtEventKind>> EventsAsync(LibvirtEventKind last)
    {
        var seen = new List<LibvirtEventKind>();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(120), TimeProvider.System);
        while (!seen.Contains(last))
        {
            var next = await _libvirt.Events.ReadAsync(deadline.Token);
            Assert.That(next.Domain, Is.EqualTo(Id));
            seen.Add(next.Kind);
        }
        return seen;
    }
}
