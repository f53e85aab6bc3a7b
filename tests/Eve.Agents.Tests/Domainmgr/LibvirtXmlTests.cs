using System.Xml.Linq;
using Eve.Agents.Domainmgr;
using Eve.Tests.Platform;
using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests.Domainmgr;

public class LibvirtXmlTests
{
    const string Console = "/run/domainmgr/console/x.log";

    static readonly string Folder = Path.Combine(DemoGuest.Checkout, "tests", "Eve.Agents.Tests", "Domainmgr", "Golden");

    static readonly DomainConfig Nasty = Make.Config() with
    {
        UUIDandVersion = new(Make.App, "2</name><x y='"),
        DisplayName = "a\"b'c<d>&e\nf/../\u0001\ud800 😀",
        DiskConfigList = [new DiskConfig(FileLocation: "/v/'/><disk>&.raw", Format: ImageFormat.Raw), new DiskConfig(FileLocation: "/v/cd.iso", Format: ImageFormat.Iso, ReadOnly: true)],
    };

    [TestCase("emulated")]
    [TestCase("kvm-two-interfaces")]
    [TestCase("legacy")]
    [TestCase("arm64")]
    [TestCase("nasty-names")]
    public void A_guest_is_told_to_libvirt(string name)
    {
        var (config, host, seed) = Case(name);
        var xml = LibvirtXml.Of(new GuestDefinition(Make.Status(config), Console, seed), host);
        Assert.That(() => XDocument.Parse(xml), Throws.Nothing);
        // The mark holds the whole status: it has a test of its own.
        var shown = System.Text.RegularExpressions.Regex.Replace(xml, "(<eve:app[^>]*>).*(</eve:app>)", "$1…$2") + "\n";
        Assert.That(shown, Is.EqualTo(File.ReadAllText(Path.Combine(Folder, name + ".xml"))));
    }

    static (DomainConfig Config, GuestHost Host, string? Seed) Case(string name) => name switch
    {
        "kvm-two-interfaces" => (Make.Config() with
        {
            VCpus = 4,
            Memory = (1 << 20) + 1,
            VirtualizationMode = VmMode.Hvm,
            EnforceNetworkInterfaceOrder = true,
            VifList =
            [
                new VifConfig("bn2", "nbu2x1", MacAddress.Parse("02:16:3e:00:00:08"), 9000, VifOrder: 2),
                new VifConfig("bn1", "nbu1x1", MacAddress.Parse("02:16:3e:00:00:07"), VifOrder: 1),
            ],
        }, new(GuestArchitecture.X64, Kvm: true), null),
        "legacy" => (Make.Config() with { VirtualizationMode = VmMode.Legacy }, new(GuestArchitecture.X64, Kvm: false), "/run/seed"),
        "arm64" => (Make.Config(), new(GuestArchitecture.Arm64, Kvm: true), "/run/seed"),
        "nasty-names" => (Nasty, new(GuestArchitecture.X64, Kvm: false), null),
        _ => (Make.Config(), new(GuestArchitecture.X64, Kvm: false), "/run/seed"),
    };

    [Test]
    public void A_guest_is_known_again_by_its_mark()
    {
        foreach (var config in new[] { Make.Config(restarts: 3), Nasty with { DisplayName = "a\"b'c<d>&e\nf 😀" } })
        {
            var status = Make.Status(config);
            var back = XDocument.Parse(GuestMark.Write(status)).Root!;
            Assert.That(GuestMark.Read(back.ToString(SaveOptions.DisableFormatting)), Is.EqualTo(status));
            Assert.That(back.Attribute("restarts")!.Value, Is.EqualTo($"{config.RestartCounter}"));
        }
    }

    [TestCase("")]
    [TestCase("<app/>")]
    [TestCase("<app>{</app>")]
    [TestCase("<app>[]</app>")]
    public void A_garbled_mark_is_none(string element) => Assert.That(GuestMark.Read(element), Is.Null);
}
