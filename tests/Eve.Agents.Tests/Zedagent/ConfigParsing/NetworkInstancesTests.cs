using Eve.Agents.Zedagent.ConfigParsing;
using Eve.Topics;
using NUnit.Framework;
using Wire = Eve.Api.Config;

namespace Eve.Tests.Zedagent.ConfigParsing;

public class NetworkInstancesTests
{
    [TestCase("192.168.0.0/24", "", "", "192.168.0.1", "192.168.0.128", "192.168.0.254")]
    [TestCase("10.0.0.0/30", "", "", "10.0.0.1", "10.0.0.2", "10.0.0.2")]
    [TestCase("10.0.0.0/29", "", "", "10.0.0.1", "10.0.0.2", "10.0.0.6")]
    [TestCase("10.0.0.0/28", "", "", "10.0.0.1", "10.0.0.8", "10.0.0.14")]
    [TestCase("10.1.0.0/16", "", "", "10.1.0.1", "10.1.128.0", "10.1.128.255")]
    [TestCase("10.0.0.0/24", "10.0.0.0", "10.0.0.255", "10.0.0.1", "10.0.0.2", "10.0.0.254")]
    [TestCase("10.0.0.77/24", "10.0.0.50", "", "10.0.0.1", "10.0.0.50", "10.0.0.254")]
    [TestCase("2001:db8::/64", "", "", "2001:db8::1", "2001:db8:0:0:8000::", "2001:db8::8000:0:0:ff")]
    [TestCase("2001:db8::/126", "", "", "2001:db8::1", "2001:db8::2", "2001:db8::2")]
    public void What_the_subnet_leaves_open_is_derived(string subnet, string start, string end, string gateway, string first, string last)
    {
        var instance = Parse(Local(subnet, "", start, end));

        Assert.That(instance.Error, Is.Empty);
        Assert.That((instance.Gateway, instance.DhcpRange), Is.EqualTo((gateway, new IPRange(first, last))));
    }

    [TestCase("10.0.0.0/28", "10.0.0.10", "gateway 10.0.0.10 is inside the DHCP range 10.0.0.8 to 10.0.0.14")]
    [TestCase("10.0.0.0/31", "", "subnet 10.0.0.0/31 is too small: it has 2 addresses and needs 4")]
    [TestCase("0.0.0.0/0", "", "too small")]
    [TestCase("10.0.0/24", "", "subnet '10.0.0/24' is no network in CIDR form")]
    [TestCase("10.0.0.0/24", "2001:db8::1", "not of one IP version")]
    [TestCase("", "", "subnet '' is no network")]
    public void A_wrong_subnet_is_an_error_of_its_instance(string subnet, string gateway, string error) =>
        Assert.That(Parse(Local(subnet, gateway)).Error, Does.Contain(error));

    [Test]
    public void A_switch_has_no_addresses_and_no_ip_section()
    {
        var wire = Local("nonsense", "");
        wire.InstType = Wire.ZNetworkInstType.ZnetInstSwitch;

        var instance = Parse(wire);

        Assert.That((instance.IpType, instance.Error, instance.Subnet), Is.EqualTo((AddressType.None, "", (IpNet?)null)));
    }

    [TestCase(0u, 0)]
    [TestCase(1280u, 1280)]
    [TestCase(65535u, 65535)]
    [TestCase(1279u, 0)]
    [TestCase(65536u, 0)]
    public void The_mtu_is_usable_or_an_error(uint mtu, int expected)
    {
        var wire = Local("10.0.0.0/24", "");
        wire.Mtu = mtu;

        var instance = Parse(wire);

        Assert.That((int)instance.MTU, Is.EqualTo(expected));
        Assert.That(instance.Error.Length > 0, Is.EqualTo(expected != mtu));
    }

    static Wire.NetworkInstanceConfig Local(string subnet, string gateway, string start = "", string end = "") => new()
    {
        Uuidandversion = new() { Uuid = "66666666-6666-4666-8666-666666666666", Version = "1" },
        Displayname = "local",
        InstType = Wire.ZNetworkInstType.ZnetInstLocal,
        IpType = Wire.AddressType.Ipv4,
        Ip = new() { Subnet = subnet, Gateway = gateway, DhcpRange = new() { Start = start, End = end } },
    };

    static NetworkInstanceConfig Parse(Wire.NetworkInstanceConfig wire) =>
        NetworkInstances.Parse(new() { NetworkInstances = { wire } }, new(DateTimeOffset.UnixEpoch), new Faults()).Single();
}
