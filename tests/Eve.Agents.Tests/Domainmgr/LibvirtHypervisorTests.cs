using System.Text;
using Eve.Agents.Domainmgr;
using Eve.Platform;
using Eve.Testing;
using Eve.Tests.Platform;
using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests.Domainmgr;

/// <summary>domainmgr with all that is real: libvirt, QEMU, qemu-img, xorriso, and the demo's guest.</summary>
[Category("system")]
public class LibvirtHypervisorTests
{
    TemporaryFolder _folder = null!;
    TestDevice _device = null!;
    LibvirtHypervisor _hypervisor = null!;

    EvePaths Paths => new(_folder.Root);

    [OneTimeSetUp]
    public void A_process_has_one_embedded_libvirt() => _folder = new TemporaryFolder();

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [SetUp]
    public async Task Begin()
    {
        File.Copy(await DemoGuest.ImageAsync(), _folder.Path("volume.qcow2"), overwrite: true);
        Open();
    }

    [TearDown]
    public async Task End()
    {
        await _device.DisposeAsync();
        if (_hypervisor.Find(Make.App) is not null)
        {
            _hypervisor.Destroy(Make.App);
            _hypervisor.Forget(Make.App);
        }
        _hypervisor.Dispose();
        new GuestFiles(Paths, new Commands(TimeProvider.System)).Remove(Make.App);
    }

    // As a device does that was started again: only what is on the machine is left.
    void Open()
    {
        var options = new DomainmgrOptions();
        _hypervisor = new LibvirtHypervisor(Paths, options);
        _device = new TestDevice(Paths, TimeProvider.System, null, AgentNames.Domainmgr, AgentNames.Zedmanager, AgentNames.Zedagent, AgentNames.Nim, AgentNames.Zedclient, AgentNames.Vaultmgr);
        _device.Publish(ZedagentTopics.ConfigItemValueMap, new ConfigItemValueMap());
        _device.Start(AgentNames.Domainmgr, new DomainmgrAgent(_hypervisor, new GuestFiles(Paths, new Commands(TimeProvider.System)), options));
        _device.Publish(ZedagentTopics.PhysicalIOAdapterList, new PhysicalIOAdapterList(Initialized: true));
        _device.Publish(NimTopics.DeviceNetworkStatus, new DeviceNetworkStatus(Ports: [new NetworkPortStatus("eth0")]));
        _device.Publish(ZedclientTopics.OnboardingStatus, new OnboardingStatus(Guid.NewGuid()));
        _device.Publish(VaultmgrTopics.VaultStatus, new VaultStatus("Application Data Store", ConversionComplete: true));
    }

    DomainConfig Config(string behaviour) => Make.Config(restarts: 2) with
    {
        DiskConfigList = [new DiskConfig("vol#0", _folder.Path("volume.qcow2"), Format: ImageFormat.Qcow2, DisplayName: "boot")],
        VifList = [],
        CloudInitUserData = Convert.ToBase64String(Encoding.UTF8.GetBytes($"#cloud-config\nmessage: hello\nbehaviour: {behaviour}\n")),
    };

    DomainStatus? Status => _device.Read(DomainmgrTopics.DomainStatus, Make.Key);

    Task StateAsync(Func<DomainStatus?, bool> condition) => Eventually.Async(() => condition(Status), seconds: 240);

    Task ConsoleAsync(string text)
    {
        var log = Path.Combine(Paths.Run, "domainmgr", "console", Make.Key + ".log");
        return Eventually.Async(() => File.Exists(log) && File.ReadAllText(log).Contains(text, StringComparison.Ordinal), seconds: 240);
    }

    [Test]
    public async Task An_app_boots_is_adopted_by_the_next_life_and_goes_without_a_trace()
    {
        _device.Publish(ZedmanagerTopics.DomainConfig, Config("normal"));
        await StateAsync(s => s is { Activated: true, PendingAdd: false });
        var running = Status!;
        Assert.That(Processes.IsAlive(running.DomainId));
        await ConsoleAsync("listening to the power button");
        await ConsoleAsync("boot 1, behaviour normal");
        await Eventually.Async(() => _device.Read(DomainmgrTopics.DomainMetric, Make.Key) is { UsedMemory: > 30 });

        await _device.DisposeAsync();
        _hypervisor.Dispose();
        Assert.That(Processes.IsAlive(running.DomainId), "guests outlive the device's software");
        Open();
        await StateAsync(s => s is not null);
        Assert.That(Status! with { BootTime = running.BootTime }, Is.EqualTo(running));

        _device.Announce(ZedmanagerTopics.DomainConfig);
        _device.Announce(ZedagentTopics.AppInstanceConfig);
        await StateAsync(s => s is null);
        Assert.That(Processes.IsAlive(running.DomainId), Is.False);
        Assert.That(_hypervisor.List(), Is.Empty);
        Assert.That(Directory.GetFileSystemEntries(Path.Combine(Paths.Run, "domainmgr"), "*", SearchOption.AllDirectories).Select(Path.GetFileName), Is.EquivalentTo(new[] { "cloudinit", "console" }));
    }

    [Test]
    public async Task A_guest_that_floods_its_console_does_not_fill_the_disk()
    {
        _device.Publish(ZedmanagerTopics.DomainConfig, Config("flood"));
        await ConsoleAsync("useless");
        var log = new FileInfo(Path.Combine(Paths.Run, "domainmgr", "console", Make.Key + ".log"));
        var (highest, cuts, before) = (0L, 0, 0L);
        await Eventually.Async(() =>
        {
            log.Refresh();
            cuts += log.Length < before ? 1 : 0;
            (highest, before) = (Math.Max(highest, log.Length), log.Length);
            return cuts >= 2;
        }, seconds: 240);
        Assert.That(highest, Is.LessThan(16 * ConsoleFile.Limit));
        Assert.That(File.ReadAllBytes(log.FullName).Take(100), Has.None.EqualTo(0), "the emulator appends");
    }

    [Test]
    public async Task A_disk_that_refers_to_another_file_is_refused()
    {
        File.Copy(_folder.Path("volume.qcow2"), _folder.Path("other.qcow2"));
        string[] arguments = ["create", "-q", "-f", "qcow2", "-b", _folder.Path("other.qcow2"), "-F", "qcow2", _folder.Path("volume.qcow2")];
        (await new Commands(TimeProvider.System).RunAsync("qemu-img", arguments)).Check();
        _device.Publish(ZedmanagerTopics.DomainConfig, Config("normal"));
        await StateAsync(s => s is { Error: not "" });
        Assert.That(Status!.Error, Does.Contain("disk boot: the image refers to another file").And.Contain("use an image without backing file"));
        Assert.That(Status.DomainId, Is.Zero);
    }
}
