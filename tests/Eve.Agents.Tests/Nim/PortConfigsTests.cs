using Eve.Agents.Nim;
using Eve.Topics;
using NUnit.Framework;
using static Eve.Tests.Nim.NimSamples;

namespace Eve.Tests.Nim;

public sealed class PortConfigsTests
{
    static readonly DevicePortConfig Last = Config("lastresort", 0, Port("eth0"));

    [Test]
    public void The_controller_beats_all_but_the_console_whatever_the_time()
    {
        ValueList<DevicePortConfig> list = [Last];
        foreach (var config in new[] { Config("override", 9, Port("eth1")), Config("zedagent", 1, Port("eth2")), Config("manual", 0, Port("eth3")), Config("zedagent", 2, Port("eth4")) })
            list = PortConfigs.With(list, config);
        Assert.That(list.Select(c => c.Ports[0].IfName), Is.EqualTo(new[] { "eth3", "eth4", "eth2", "eth1", "eth0" }));
    }

    [Test]
    public void The_same_content_at_the_head_changes_nothing_and_further_down_it_moves_with_its_results()
    {
        var old = Config("zedagent", 1, Port("eth1")) with { LastSucceeded = Noon };
        ValueList<DevicePortConfig> list = [Config("zedagent", 2, Port("eth2")), old, Last];
        Assert.That(PortConfigs.With(list, Config("zedagent", 3, Port("eth2"))), Is.EqualTo(list));
        var moved = PortConfigs.With(list, Config("zedagent", 3, Port("eth1")));
        Assert.That(moved[0], Is.EqualTo(old with { TimePriority = Noon.AddMinutes(3) }));
        Assert.That(moved, Has.Count.EqualTo(3));
    }

    [Test]
    public void A_configuration_goes_only_when_its_publisher_has_said_all()
    {
        ValueList<DevicePortConfig> list = [Config("zedagent", 1, Port("eth0")), Last];
        Assert.That(PortConfigs.Wanted(list, [], false, [], false, Noon), Is.EqualTo(list));
        Assert.That(PortConfigs.Wanted(list, [], true, [], false, Noon).Select(c => c.Key), Is.EqualTo(new[] { "lastresort" }));
    }

    [Test]
    public void The_last_resort_is_made_where_there_is_nothing_and_follows_the_interfaces()
    {
        var list = PortConfigs.Wanted([], [], false, Facts("eth0").Links, false, Noon);
        Assert.That(list.Single().Ports.Single().IfName, Is.EqualTo("eth0"));
        Assert.That(PortConfigs.Wanted(list, [], false, Facts("eth0").Links, false, Noon.AddHours(1)), Is.EqualTo(list));
        Assert.That(PortConfigs.Wanted(list, [], false, Facts("eth0", "eth1").Links, false, Noon).Single().Ports, Has.Count.EqualTo(2));
        var other = Config("zedagent", 1, Port("eth0"));
        Assert.That(PortConfigs.Wanted([other], [], false, Facts("eth0").Links, false, Noon), Has.Count.EqualTo(1));
        Assert.That(PortConfigs.Wanted([other], [], false, Facts("eth0").Links, true, Noon), Has.Count.EqualTo(2));
    }

    [TestCase("../../etc/passwd")]
    [TestCase("eth0 up")]
    [TestCase("-4")]
    [TestCase("..")]
    [TestCase("")]
    [TestCase("a-name-of-16-char")]
    public void What_is_no_name_of_an_interface_is_never_used_as_one(string name)
    {
        var port = PortConfigs.Sanitized("zedagent", Config("", 1, Port(name), Port("eth1"))).Ports[0];
        Assert.That(port.InvalidConfig, Is.True);
        Assert.That(port.LastError, Does.Contain("not the name of a network interface"));
    }

    [Test]
    public void Missing_names_times_and_roles_are_filled_in()
    {
        var config = PortConfigs.Sanitized("zedagent", new(Ports: [new(IfName: "eth0", IsMgmt: true, Dhcp: DhcpType.Static, AddrSubnet: "nonsense")]));
        Assert.Multiple(() =>
        {
            Assert.That((config.Key, config.TimePriority), Is.EqualTo(("zedagent", GoTime.FromUnix(0))));
            Assert.That((config.Ports[0].Logicallabel, config.Ports[0].IsL3Port, config.Ports[0].InvalidConfig), Is.EqualTo(("eth0", true, true)));
            Assert.That(config.Ports[0].LastError, Does.Contain("'nonsense'"));
        });
    }

    [Test]
    public void The_list_is_kept_short()
    {
        ValueList<DevicePortConfig> list =
        [
            Config("zedagent", 4, Port("a")), Config("zedagent", 3, Port("b")), Config("zedagent", 2, Port("c")) with { LastSucceeded = Noon },
            Config("zedagent", 1, Port("d")), Config("override", 1, Port("e")), Last,
        ];
        Assert.That(Names(PortConfigs.Compressed(list, 0, false)), Is.EqualTo("a c"));
        Assert.That(Names(PortConfigs.Compressed(list, 3, true)), Is.EqualTo("a c d eth0"));
        ValueList<DevicePortConfig> unproven = [.. list.Select(c => c with { LastSucceeded = default })];
        Assert.That(Names(PortConfigs.Compressed(unproven, 0, false)), Is.EqualTo("a e eth0"));

        static string Names(ValueList<DevicePortConfig> configs) => string.Join(' ', configs.Select(c => c.Ports[0].IfName));
    }

    [Test]
    public void The_last_resort_takes_what_looks_like_Ethernet()
    {
        ValueList<NetworkLink> links =
        [
            new(1, "lo", "00:00:00:00:00:00", 65536, true, true), Link("eth1", 2), Link("eth0", 3), Link("vif1", 4), Link("nbu1x1", 5), Link("keth2", 6), Link("wlan0", 7),
            Link("eth3", 8) with { Master = "br0" }, Link("br0", 9) with { Kind = "bridge" }, Link("eth2", 10) with { Kind = "bridge" }, Link("bn1", 11) with { Group = 70 },
            new(12, "tun0", "", 1500, true, true, Kind: "tun"), new(13, "sit0", "0.0.0.0", 1480, false, false), Link("can0", 14) with { Kind = "can" },
        ];
        var config = LastResort.For(links, Noon)!;
        Assert.That(config.Ports.Select(p => p.IfName), Is.EqualTo(new[] { "eth0", "eth1", "eth2" }));
        Assert.That(config.Ports[0], Is.EqualTo(new NetworkPortConfig(
            IfName: "eth0", Phylabel: "eth0", Logicallabel: "eth0", SharedLabels: ["all", "uplink", "freeuplink"], IsMgmt: true, IsL3Port: true,
            Dhcp: DhcpType.Client, Type: NetworkType.Ipv4, ConfigSource: new(NetworkConfigOrigin.LastResort, Noon))));
        Assert.That(LastResort.For([links[0]], Noon), Is.Null);
    }
}
