using Eve.Agents.Zedrouter;
using NUnit.Framework;

namespace Eve.Tests.Zedrouter;

public class DnsmasqTests
{
    [TestCase("web", "web")]
    [TestCase("My App", "My-App")]
    [TestCase("../../etc/x", "etc-x")]
    [TestCase("a\n6.6.6.6 evil", "a-6.6.6.6-evil")]
    [TestCase("___", "___")]
    [TestCase("...", "")]
    public void A_display_name_becomes_a_host_name(string display, string name) => Assert.That(Dnsmasq.HostName(display), Is.EqualTo(name));

    [Test]
    public void Only_leases_that_are_still_meant_stay()
    {
        const string Leases = "1700000000 02:16:3e:00:01:01 10.11.12.21 app-1 *\n1700000001 02:16:3e:00:01:02 10.11.12.22 app-2 *\nduid 00:01\n";
        Assert.That(Dnsmasq.Leases("bn1", Leases), Is.EqualTo(new[] { new Lease("bn1", "02:16:3e:00:01:01", "10.11.12.21"), new Lease("bn1", "02:16:3e:00:01:02", "10.11.12.22") }));
        Assert.That(Dnsmasq.KeepLeases(Leases, ["02:16:3e:00:01:01,id:*,10.11.12.21,a\n", "02:16:3e:00:01:02,id:*,10.11.12.99,b\n"]), Is.EqualTo(Leases.Split('\n')[0] + "\n"));
    }
}
