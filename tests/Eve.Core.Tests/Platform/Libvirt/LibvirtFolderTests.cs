using System.Diagnostics;
using Eve.Platform;
using NUnit.Framework;

namespace Eve.Tests.Platform.Libvirt;

public class LibvirtFolderTests
{
    TemporaryFolder _folder = null!;
    LibvirtFolder _libvirt = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new();
        _libvirt = new(_folder.Path("lv"), _folder.Path("cache"));
        Directory.CreateDirectory(_folder.Path("lv/etc/qemu"));
        Directory.CreateDirectory(_folder.Path("lv/run/qemu"));
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void Domains_that_were_never_started_or_only_half_are_forgotten_and_those_that_run_stay()
    {
        foreach (var name in new[] { "defined", "half", "running", "stopping" })
            File.WriteAllText(Definition(name), "<domain/>");
        File.WriteAllText(State("half", "xml"), "<!-- libvirt's -->\n\n<domstatus state='paused' reason='starting up' pid='0'>\n");
        File.WriteAllText(State("running", "xml"), "<domstatus state='running' reason='booted' pid='1'>\n");
        File.WriteAllText(State("stopping", "xml"), "<domstatus state='shutdown' reason='unknown' pid='1'>\n");

        _libvirt.Prepare();

        Assert.That(Directory.GetFiles(_folder.Path("lv/etc/qemu")), Is.EquivalentTo(new[] { Definition("running"), Definition("stopping") }));
        Assert.That(Directory.GetFiles(_folder.Path("lv/run/qemu")), Is.EquivalentTo(new[] { State("running", "xml"), State("stopping", "xml") }));
    }

    [Test]
    public void An_emulator_that_was_starting_ends_and_a_stranger_with_its_number_does_not()
    {
        using var stranger = Process.Start("tail", ["-f", "/dev/null"]);
        using var ours = Process.Start("tail", ["-f", "/dev/null", _folder.Path("lv/run/qemu/ours.xml")]);
        Half("ours", ours.Id);
        Half("strangers", stranger.Id);
        try
        {
            _libvirt.Prepare();

            Assert.That(ours.WaitForExit(5000));
            Assert.That(Processes.IsAlive(stranger.Id));
            Assert.That(Directory.GetFiles(_folder.Path("lv/run/qemu")), Is.Empty);
        }
        finally
        {
            stranger.Kill();
            ours.Kill();
        }
    }

    [Test]
    public void An_emulator_that_was_only_asked_what_it_can_do_ends()
    {
        using var probe = Process.Start("tail", ["-f", "/dev/null", _folder.Path("lv/lib/qemu/qmp-A/qmp.monitor")]);
        Directory.CreateDirectory(_folder.Path("lv/lib/qemu/qmp-A"));
        File.WriteAllText(_folder.Path("lv/lib/qemu/qmp-A/qmp.pid"), $"{probe.Id}\n");
        try
        {
            _libvirt.Prepare();

            Assert.That(probe.WaitForExit(5000));
            Assert.That(Directory.GetDirectories(_folder.Path("lv/lib/qemu")), Is.Empty);
        }
        finally
        {
            probe.Kill();
        }
    }

    void Half(string name, int process)
    {
        File.WriteAllText(Definition(name), "<domain/>");
        File.WriteAllText(State(name, "xml"), "<domstatus state='paused' reason='starting up' pid='0'>");
        File.WriteAllText(State(name, "pid"), $"{process}");
    }

    string Definition(string name) => _folder.Path($"lv/etc/qemu/{name}.xml");

    string State(string name, string kind) => _folder.Path($"lv/run/qemu/{name}.{kind}");
}
