using System.Net;
using Eve.Agents.Zedrouter;
using Eve.Topics;
using NUnit.Framework;
using static Eve.Tests.Zedrouter.Samples;

namespace Eve.Tests.Zedrouter;

public class NumberingTests
{
    static readonly DateTimeOffset s_now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    static readonly Numbers s_none = new([], [], []);
    static readonly Remembered s_nobody = new(_ => false, _ => false);

    static Numbers Assign(Numbers numbers, NetworkInstanceConfig[] instances, AppNetworkConfig[] apps, Remembered? remembered = null) =>
        Numbering.Assign(numbers, instances, apps, remembered ?? s_nobody, false, s_now);

    [Test]
    public void Numbers_are_the_lowest_free_ones_and_stay()
    {
        var first = Assign(s_none, [Instance(Net2), Instance(Net1)], [App(App2, "b")]);
        var then = Assign(first, [Instance(Net1), Instance(Net2)], [App(App1, "a"), App(App2, "b")]);
        Assert.That((then.Bridge(Net2), then.Bridge(Net1), then.App(App2), then.App(App1)), Is.EqualTo((1, 2, 1, 2)));
        Assert.That((then.Interface(Net1, App2, 0), then.Interface(Net1, App1, 0)), Is.EqualTo(((int?)0, (int?)1)));
        Assert.That(Assign(then, [Instance(Net1), Instance(Net2)], [App(App1, "a"), App(App2, "b")]).Objects, Is.EqualTo(then.Objects));

        var later = Assign(then, [Instance(Net1)], [App(App1, "a")]);
        Assert.That((later.Bridge(Net2), later.App(App2), later.Interface(Net1, App2, 0), later.App(App1)), Is.EqualTo((0, 0, (int?)null, 2)));
        var kept = Assign(then, [Instance(Net1)], [App(App1, "a")], new(_ => true, _ => true));
        Assert.That((kept.Bridge(Net2), kept.App(App2), kept.Interface(Net1, App2, 0)), Is.EqualTo((1, 1, (int?)0)));
    }

    [Test]
    public void An_address_of_the_configuration_takes_no_number_of_the_DHCP_range()
    {
        var config = App(App1, "a") with { AppNetAdapterList = [new AppNetAdapterConfig("eth0", Network: Net1, AppIPAddr: "10.11.12.99")] };
        Assert.That(Assign(s_none, [Instance(Net1)], [config]).Interface(Net1, App1, 0), Is.EqualTo(255));
    }

    [Test]
    public void A_full_range_gives_nothing_and_a_number_beyond_a_smaller_one_is_given_back()
    {
        var one = Instance(Net1) with { DhcpRange = new("10.11.12.20", "10.11.12.20") };
        var full = Assign(s_none, [one], [App(App1, "a"), App(App2, "b")]);
        Assert.That((full.Interface(Net1, App1, 0), full.Interface(Net1, App2, 0)), Is.EqualTo(((int?)0, (int?)null)));
        var both = Assign(s_none, [Instance(Net1)], [App(App1, "a"), App(App2, "b")]);
        Assert.That(Assign(both, [one], [App(App1, "a"), App(App2, "b")]).Interface(Net1, App2, 0), Is.Null);
    }

    [Test]
    public void Hardware_addresses_follow_from_numbers()
    {
        Assert.That(Addressing.AppMac(1, App1, Net1, 2, 7).ToString(), Is.EqualTo("00:16:3e:00:02:07"));
        var global = Addressing.AppMac(2, App1, Net1, 1, 1);
        Assert.That(global, Is.EqualTo(Addressing.AppMac(2, App1, Net1, 1, 1)).And.Not.EqualTo(Addressing.AppMac(2, App1, Net1, 2, 1)));
        Assert.That(global.ToArray()[0] & 3, Is.EqualTo(2), "local, of one card");
        Assert.That(Addressing.BridgeMac(DeviceId, 3).ToString(), Does.StartWith("00:16:3e:").And.EndsWith(":03"));
    }

    [TestCase("10.0.0.250", 10, "10.0.1.4")]
    [TestCase("192.0.2.1", 0, "192.0.2.1")]
    public void Addresses_are_counted_over_bytes(string address, int offset, string expected) =>
        Assert.That(Addressing.Add(IPAddress.Parse(address), offset), Is.EqualTo(IPAddress.Parse(expected)));
}
