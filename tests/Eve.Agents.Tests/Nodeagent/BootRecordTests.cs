using Eve.Agents.Nodeagent;
using Eve.Platform;
using Eve.Tests.Platform;
using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests.Nodeagent;

public class BootRecordTests
{
    TemporaryFolder _folder = null!;
    EvePaths _paths = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new();
        _paths = new(_folder.Root);
        Directory.CreateDirectory(_paths.Persist);
        Directory.CreateDirectory(Path.Combine(_paths.Run, "global"));
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    string In(string name) => Path.Combine(_paths.Persist, name);

    [Test]
    public void What_was_stored_is_taken_once_and_starts_are_counted()
    {
        new BootRecord(_paths, MachineFiles.Instance).Store("because", BootReason.RebootCmd);
        File.WriteAllText(In("reboot-stack"), "stack");
        File.WriteAllText(In("reboot-image"), "IMGB\n");
        var record = new BootRecord(_paths, MachineFiles.Instance);
        var facts = record.Take();
        Assert.That((facts.Reason, facts.BootReason, facts.Stack, facts.Image, facts.RestartCounter), Is.EqualTo(("because", BootReason.RebootCmd, "stack", "IMGB", 0u)));
        Assert.That(facts.Time, Is.Not.Null);
        Assert.That(record.Take(), Is.EqualTo(facts), "an agent that starts again in one process sees the same");
        Assert.That(Directory.GetFiles(_paths.Persist), Is.Empty);

        var later = new BootRecord(_paths, MachineFiles.Instance).Take();
        Assert.That((later.Reason, later.BootReason, later.RestartCounter), Is.EqualTo(("", BootReason.None, 1u)));
    }

    [Test]
    public void The_first_reason_of_a_boot_stays()
    {
        var record = new BootRecord(_paths, MachineFiles.Instance);
        record.Store("it fell over", BootReason.Fatal);
        record.Store("reboot command", BootReason.RebootCmd);
        var facts = new BootRecord(_paths, MachineFiles.Instance).Take();
        Assert.That((facts.Reason, facts.BootReason), Is.EqualTo(("it fell over\nreboot command", BootReason.Fatal)));
    }

    [Test]
    public void Garbage_counts_as_nothing_and_long_texts_are_cut()
    {
        Directory.CreateDirectory(_paths.Status);
        File.WriteAllText(Path.Combine(_paths.Status, "restartcounter"), "many");
        File.WriteAllText(In("boot-reason"), "BootReasonNonsense");
        File.WriteAllText(In("reboot-reason"), new string('x', 100_000));
        var facts = new BootRecord(_paths, MachineFiles.Instance).Take();
        Assert.That((facts.RestartCounter, facts.BootReason, facts.Reason.Length), Is.EqualTo((0u, BootReason.None, 16 * 1024)));
    }

    [TestCase("BootReasonOOM", BootReason.Oom)]
    [TestCase("BootReasonWatchdogHung", BootReason.WatchdogHung)]
    [TestCase("BootReasonHWWatchdog", BootReason.HwWatchdog)]
    public void Reasons_are_read_as_eve_writes_them(string text, BootReason expected)
    {
        File.WriteAllText(In("boot-reason"), text);
        Assert.That(new BootRecord(_paths, MachineFiles.Instance).Take().BootReason, Is.EqualTo(expected));
    }

    [Test]
    public void A_first_boot_is_marked_once()
    {
        File.WriteAllText(Path.Combine(_paths.Run, "global", "first-boot"), "");
        Assert.That(LastBoot.Status(new BootRecord(_paths, MachineFiles.Instance).Take()), Has.Property("BootReason").EqualTo(BootReason.First).And.Property("RebootReason").Contains("First boot"));
        Assert.That(LastBoot.Status(new BootRecord(_paths, MachineFiles.Instance).Take()), Has.Property("BootReason").EqualTo(BootReason.Unknown).And.Property("RebootReason").Contains("Unknown"));
    }
}
