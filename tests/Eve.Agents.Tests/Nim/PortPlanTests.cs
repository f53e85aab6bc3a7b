using System.Net;
using Eve.Agents.Nim;
using Eve.Platform;
using Eve.Topics;
using NUnit.Framework;
using static Eve.Tests.Nim.NimSamples;

namespace Eve.Tests.Nim;

public sealed class PortPlanTests
{
    const string Record = "reason=BOUND\0interface=eth0\0new_ip_address=10.1.0.63\0new_subnet_cidr=24\0new_routers=10.1.0.7\0" +
        "new_classless_static_routes=172.30.1.0/24 10.1.0.254 0.0.0.0/0 10.1.0.1\0new_domain_name_servers=10.1.0.1 1.1.1.1\0new_ntp_servers=10.1.0.2\0new_interface_mtu=1400\0";

    static readonly KernelState Fresh = new([new(2, "eth0", "02:00:00:00:00:02", 1500, false, false)], [], [], []);

    static string[] Lines(KernelState kernel, NetworkSettings settings) => [.. RoutePlan.Lines(kernel, settings).Select(l => l.Line.Text)];

    static NetworkSettings Settings(params NetworkPortConfig[] ports) =>
        PortPlan.Of(Config("zedagent", 1, ports), Facts("eth0", "eth1") with { Leases = [LeaseRecord.Parse("eth0", Record)] }, vendorClass: true);

    [Test]
    public void A_lease_becomes_the_lines_of_the_design()
    {
        Assert.That(Lines(Fresh, Settings(Port("eth0"))), Is.EqualTo(new[]
        {
            "link set dev eth0 mtu 1400",
            "link set dev eth0 up",
            "addr replace 10.1.0.63/24 brd + dev eth0 noprefixroute",
            "route replace 10.1.0.0/24 dev eth0 src 10.1.0.63 metric 10 table 254 proto 69",
            "route replace 10.1.0.0/24 dev eth0 src 10.1.0.63 table 502 proto 69",
            "route replace 172.30.1.0/24 via 10.1.0.254 dev eth0 src 10.1.0.63 metric 10 table 254 proto 69",
            "route replace 172.30.1.0/24 via 10.1.0.254 dev eth0 src 10.1.0.63 table 502 proto 69",
            "route replace 0.0.0.0/0 via 10.1.0.1 dev eth0 src 10.1.0.63 metric 10 table 254 proto 69",
            "route replace 0.0.0.0/0 via 10.1.0.1 dev eth0 src 10.1.0.63 table 502 proto 69",
            "rule add prio 15000 from 10.1.0.63 lookup 502 proto 69",
        }));
    }

    [Test]
    public void A_static_port_has_what_its_configuration_says_at_its_cost()
    {
        var port = PortPlan.Of(Config("zedagent", 1, Port("eth1"), StaticPort("eth0") with { Cost = 3 }), Facts("eth0", "eth1"), true).Ports.Single(p => p.Link == "eth0");
        Assert.Multiple(() =>
        {
            Assert.That((port.Dhcp, port.Keep), Is.EqualTo(((DhcpClient?)null, false)));
            Assert.That(port.Addresses.Single(), Is.EqualTo(new PortAddress(IPAddress.Parse("10.1.0.9"), 24)));
            Assert.That(port.Routes.Select(r => (r.Destination.ToString(), r.Table, r.Metric)), Is.EquivalentTo(new[]
            {
                ("10.1.0.0/24", 254u, 3011u), ("10.1.0.0/24", 502u, 0u), ("0.0.0.0/0", 254u, 3011u), ("0.0.0.0/0", 502u, 0u),
            }));
        });
    }

    [Test]
    public void A_gateway_beyond_the_subnet_is_made_reachable_first()
    {
        var lease = Lease("eth0") with { PrefixLength = 32 };
        var routes = PortPlan.Of(Config("zedagent", 1, Port("eth0")), Facts("eth0") with { Leases = [lease] }, true).Ports[0].Routes;
        Assert.That(routes.Where(r => r.Table == 254).Select(r => (r.Destination.ToString(), r.Gateway?.ToString())),
            Is.EqualTo(new[] { ("10.1.0.1/32", null), ("0.0.0.0/0", "10.1.0.1") }));
    }

    [Test]
    public void Name_servers_come_by_cost_and_the_ignore_switches_are_heeded()
    {
        var settings = PortPlan.Of(
            Config("zedagent", 1, Port("eth0", cost: 2), StaticPort("eth1") with { DNSServers = ["9.9.9.9", "junk"] }), Facts("eth0", "eth1") with { Leases = [Lease("eth0")] }, true);
        Assert.That(settings.DnsServers, Is.EqualTo(new[] { "9.9.9.9", "10.1.0.1" }));
        Assert.That(settings.SearchDomains, Is.EqualTo(new[] { "lab.test" }));
        var own = Port("eth0") with { IgnoreDhcpIPAddresses = true, IgnoreDhcpGateways = true, IgnoreDhcpDNSConfig = true, AddrSubnet = "10.1.0.9/24", Gateway = "10.1.0.3" };
        var port = PortPlan.Of(Config("zedagent", 1, own), Facts("eth0") with { Leases = [Lease("eth0")] }, true);
        Assert.That((port.Ports[0].Addresses[0].Address.ToString(), port.Ports[0].Routes[^1].Gateway?.ToString(), port.DnsServers.Count), Is.EqualTo(("10.1.0.9", "10.1.0.3", 0)));
    }

    [Test]
    public void What_is_right_already_is_not_touched_and_what_is_nims_and_not_wanted_goes()
    {
        var settings = Settings(Port("eth0"));
        var port = settings.Ports[0];
        var right = new KernelState(
            [new(2, "eth0", "02:00:00:00:00:02", 1400, true, true), new(9, "bn1", "", 1500, true, true, Group: 70)],
            [new("eth0", IPAddress.Parse("10.1.0.63"), 24, NoPrefixRoute: true), new("bn1", IPAddress.Parse("10.11.12.1"), 24, NoPrefixRoute: true), new("eth0", IPAddress.Parse("192.0.2.5"), 24)],
            [.. port.Routes.Select(r => new Route(r.Destination, r.Table, "eth0", r.Gateway, r.Source, r.Metric, Protocol: 69)), new(IPNetwork.Parse("10.11.12.0/24"), 801, "bn1", Protocol: 70)],
            [new(15000, 502, IPNetwork.Parse("10.1.0.63/32"), Protocol: 69), new(11000, 801, Protocol: 70)]);
        Assert.That(Lines(right, settings), Is.Empty);
        Assert.That(Lines(right, new()), Is.EqualTo(new[]
        {
            "rule del prio 15000 from 10.1.0.63/32 lookup 502 proto 69",
            "route del 10.1.0.0/24 dev eth0 metric 10 table 254 proto 69", "route del 10.1.0.0/24 dev eth0 table 502 proto 69",
            "route del 172.30.1.0/24 dev eth0 metric 10 table 254 proto 69", "route del 172.30.1.0/24 dev eth0 table 502 proto 69",
            "route del 0.0.0.0/0 dev eth0 metric 10 table 254 proto 69", "route del 0.0.0.0/0 dev eth0 table 502 proto 69",
            "addr del 10.1.0.63/24 dev eth0",
        }));
    }

    [Test]
    public void Until_its_DHCP_client_has_spoken_a_port_keeps_what_it_has()
    {
        var settings = Settings(Port("eth0"));
        var kernel = new KernelState(
            [new(2, "eth0", "02:00:00:00:00:02", 1400, true, true)], [new("eth0", IPAddress.Parse("10.1.0.63"), 24, NoPrefixRoute: true)],
            [.. settings.Ports[0].Routes.Select(r => new Route(r.Destination, r.Table, "eth0", r.Gateway, r.Source, r.Metric, Protocol: 69))],
            [new(15000, 502, IPNetwork.Parse("10.1.0.63/32"), Protocol: 69)]);
        var waiting = PortPlan.Of(Config("zedagent", 1, Port("eth0")), Facts("eth0"), true);
        Assert.That((waiting.Ports[0].Keep, Lines(kernel, waiting).Length), Is.EqualTo((true, 0)));
        var lost = PortPlan.Of(Config("zedagent", 1, Port("eth0")), Facts("eth0") with { Leases = [new("eth0", false)] }, true);
        Assert.That(Lines(kernel, lost), Has.Length.EqualTo(8));
    }

    [TestCase("BOUND", true)]
    [TestCase("RENEW", true)]
    [TestCase("REBOOT", true)]
    [TestCase("EXPIRE", false)]
    [TestCase("NAK", false)]
    [TestCase("STOP", false)]
    public void A_record_tells_whether_the_lease_is_in_force(string reason, bool bound) =>
        Assert.That(LeaseRecord.Parse("eth0", Record.Replace("BOUND", reason)).Bound, Is.EqualTo(bound));

    [Test]
    public void A_record_is_read_whole_and_garbled_ones_do_no_harm()
    {
        var lease = LeaseRecord.Parse("eth0", Record);
        Assert.Multiple(() =>
        {
            Assert.That(lease.Routes.Select(r => $"{r.Destination} {r.Gateway}"), Is.EqualTo(new[] { "172.30.1.0/24 10.1.0.254", "0.0.0.0/0 10.1.0.1" }));
            Assert.That((lease.Mtu, lease.DnsServers.Count, lease.NtpServers[0]), Is.EqualTo((1400, 2, "10.1.0.2")));
            Assert.That(LeaseRecord.Parse("eth0", "reason=BOUND\0new_ip_address=x").Bound, Is.False);
            Assert.That(LeaseRecord.Parse("eth0", "").Bound, Is.False);
            Assert.That(LeaseRecord.Parse("eth0", Record.Replace("1400", "9")).Mtu, Is.Zero);
            Assert.That(LeaseRecord.Parse("eth0", Record.Replace("BOUND", "STOP").Replace("new_", "old_"), held: true).Bound, Is.True);
        });
    }
}
