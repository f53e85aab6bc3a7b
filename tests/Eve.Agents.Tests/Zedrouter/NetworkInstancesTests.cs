using Eve.Agents.Zedrouter;
using Eve.Topics;
using NUnit.Framework;
using static Eve.Tests.Zedrouter.Samples;

namespace Eve.Tests.Zedrouter;

public class NetworkInstancesTests
{
    static IReadOnlyList<Instance> Judge(DeviceNetworkStatus? network, params NetworkInstanceConfig[] configs)
    {
        var numbers = new Numbers([.. configs.Select((c, i) => new UuidToNum(c.UUID, i + 1, Numbers.BridgeNumber))], [], []);
        return NetworkInstances.Judge(configs, numbers, network, new HashSet<string>());
    }

    static IEnumerable<TestCaseData> Invalid()
    {
        var good = Instance(Net1);
        foreach (var (type, name) in new[] { (1, "switch"), (3, "cloud"), (4, "mesh"), (6, "transparent"), (99, "unknown") })
            yield return new(good with { Type = (NetworkInstanceType)type }, $"is of type {type} ({name}), which is not built yet");
        yield return new(good with { IpType = AddressType.Ipv6 }, "only IPv4 (type 1) is built yet");
        yield return new(good with { Subnet = null }, "the subnet '' is not an IPv4 network");
        yield return new(good with { Subnet = IpNet.Parse("10.11.12.0/31") }, "the subnet '10.11.12.0/31' is not an IPv4 network");
        yield return new(good with { Subnet = IpNet.Parse("fd00::/64") }, "is not an IPv4 network");
        yield return new(good with { Gateway = "" }, "the gateway '' is not an address within 10.11.12.0/24");
        yield return new(good with { Gateway = "10.11.13.1" }, "the gateway '10.11.13.1' is not an address within");
        yield return new(good with { Gateway = "10.11.12.25" }, "the gateway 10.11.12.25 lies in the DHCP range");
        yield return new(good with { DhcpRange = new() }, "the DHCP range ''-'' is not a range within");
        yield return new(good with { DhcpRange = new("10.11.12.30", "10.11.12.20") }, "is not a range within");
        yield return new(good with { DomainName = "a\nserver=6.6.6.6" }, "is not a domain name");
        yield return new(good with { Error = "the parser has said it" }, "the parser has said it");
    }

    [TestCaseSource(nameof(Invalid))]
    public void What_cannot_be_is_refused_with_a_reason(NetworkInstanceConfig config, string reason)
    {
        var judged = Judge(OnePort, config).Single();
        Assert.That((judged.Invalid, judged.Eligible), Is.EqualTo((judged.Invalid, false)));
        Assert.That(judged.Invalid, Does.Contain(reason));
    }

    [TestCase("uplink", 2)]
    [TestCase("freeuplink", 1)]
    [TestCase("all", 2)]
    [TestCase("eth1-label", 1)]
    [TestCase("mine", 1)]
    [TestCase("", 0)]
    public void A_label_names_ports(string label, int count)
    {
        var network = Network(Port("eth0", "10.1.0.63", "10.1.0.1"), Port("eth1", "10.2.0.63", "10.2.0.1", cost: 5) with { SharedLabels = ["mine"] });
        var judged = Judge(network, Instance(Net1, port: label)).Single();
        Assert.That((judged.Ports.Count, judged.NoPort, judged.Eligible), Is.EqualTo((count, "", true)));
    }

    [Test]
    public void A_port_that_is_not_there_keeps_a_network_instance_down_but_does_not_take_it_down()
    {
        var judged = Judge(OnePort, Instance(Net1, port: "eth9")).Single();
        Assert.That((judged.Eligible, (judged with { Exists = true }).Eligible), Is.EqualTo((false, true)));
        Assert.That(judged.NoPort, Does.Contain("no port of the device has the label 'eth9'"));
        Assert.That(Judge(Network(Port("eth0", "10.1.0.63", "10.1.0.1") with { Dhcp = DhcpType.None }), Instance(Net1)).Single().NoPort, Does.Contain("needs DHCP or a static address"));
    }

    [Test]
    public void Of_two_that_overlap_the_first_stays()
    {
        var judged = Judge(OnePort, Instance(Net1), Instance(Net2) with { Subnet = IpNet.Parse("10.11.0.0/16") });
        Assert.That((judged[0].Eligible, judged[1].Eligible), Is.EqualTo((true, false)));
        Assert.That(judged[1].Conflict, Does.Contain("10.11.0.0/16 overlaps 10.11.12.0/24 of Network instance 'net-b1'"));
        Assert.That(Judge(Network(Port("eth0", "10.11.12.63", "10.11.12.1")), Instance(Net1)).Single().Conflict, Does.Contain("overlaps 10.11.12.0/24 of port eth0-label"));
    }

    [Test]
    public void The_default_route_takes_the_cheapest_port_with_a_router()
    {
        var network = Network(
            Port("eth0", "10.1.0.63", "10.1.0.1", cost: 5), Port("eth1", "10.2.0.63", "10.2.0.1", cost: 1), Port("eth2", "10.3.0.63", "10.3.0.1") with { DefaultRouters = [] });
        Assert.That(Judge(network, Instance(Net1)).Single().Uplink!.IfName, Is.EqualTo("eth1"));
    }

    [TestCase((ushort)0, (ushort)1400, 1400, "")]
    [TestCase((ushort)1300, (ushort)1400, 1300, "")]
    [TestCase((ushort)1500, (ushort)1400, 1400, "its MTU 1500 is larger than 1400")]
    public void The_MTU_is_that_of_its_ports_at_most(ushort wanted, ushort port, int mtu, string conflict)
    {
        var judged = Judge(Network(Port("eth0", "10.1.0.63", "10.1.0.1") with { MTU = port }), Instance(Net1) with { MTU = wanted }).Single();
        Assert.That(judged.Mtu, Is.EqualTo(mtu));
        Assert.That(judged.MtuConflict, Does.Contain(conflict));
        Assert.That(judged.Eligible, Is.True);
    }
}
