using Eve.Agents.Zedagent;
using Eve.Tests.Platform;
using NUnit.Framework;

namespace Eve.Tests.Zedagent;

public class MachineTests
{
    [Test]
    public void The_machine_is_read_and_what_it_does_not_say_is_empty()
    {
        using var root = new TemporaryFolder();
        var paths = new EvePaths(root.Root);
        var dmi = Directory.CreateDirectory(Path.Combine(paths.Sys, "class/dmi/id")).FullName;
        File.WriteAllText(Path.Combine(dmi, "sys_vendor"), "Maker\n");
        File.WriteAllText(Path.Combine(dmi, "product_serial"), "S1\n");
        Directory.CreateDirectory(paths.Config);
        File.WriteAllText(Path.Combine(paths.Config, "root-certificate.pem"), "abc");
        Directory.CreateDirectory(paths.Persist);
        File.WriteAllText(Path.Combine(paths.Persist, "SMART_details.json"), "{\"power_cycle_count\":12}");

        var facts = new Machine(paths).Read();
        Assert.Multiple(() =>
        {
            Assert.That(facts.Maker, Is.EqualTo(new MachineMaker("Maker", Serial: "S1", Compatible: facts.Maker!.Compatible)));
            Assert.That(facts.RootCertificateHash.ToHex(), Does.StartWith("ba7816bf"));
            Assert.That(facts.PowerCycles, Is.EqualTo(12));
            Assert.That(facts.BootTime, Is.Not.Null);
            Assert.That(facts.HostName, Is.Not.Empty);
            Assert.That(facts.UsesTpm, Is.False);
            Assert.That(new Machine(paths).ReadUse().UpTime, Is.GreaterThan(TimeSpan.Zero));
        });
    }

    [TestCase("")]
    [TestCase("[1]")]
    [TestCase("{\"power_cycle_count\":\"x\"}")]
    public void A_bad_file_of_the_disk_gives_no_count(string content)
    {
        using var root = new TemporaryFolder();
        Directory.CreateDirectory(new EvePaths(root.Root).Persist);
        File.WriteAllText(Path.Combine(new EvePaths(root.Root).Persist, "SMART_details.json"), content);
        Assert.That(new Machine(new EvePaths(root.Root)).Read().PowerCycles, Is.EqualTo(-1));
    }
}
