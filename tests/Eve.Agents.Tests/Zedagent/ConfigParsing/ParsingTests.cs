using Eve.Agents.Zedagent.ConfigParsing;
using Eve.Topics;
using NUnit.Framework;
using Common = Eve.Api.Common;
using Wire = Eve.Api.Config;

namespace Eve.Tests.Zedagent.ConfigParsing;

public class ParsingTests
{
    static readonly Guid s_device = new("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    [Test]
    public void An_empty_configuration_is_a_configuration()
    {
        var parsed = ConfigParser.Parse(new(), ConfigParser.Items(new(), null, ConfigSource.Controller), new(DateTimeOffset.UnixEpoch, s_device));

        Assert.That(parsed.PhysicalIos.Initialized, Is.True);
        Assert.That(parsed.Ports.LastError, Does.Contain("No management interfaces"));
        Assert.That(parsed.Node, Is.Null);
        Assert.That(parsed.Faults, Is.Empty);
    }

    [Test]
    public void Adapters_of_old_controllers_are_all_for_management_and_free()
    {
        var config = new Wire.EdgeDevConfig
        {
            DeviceIoList = { Eth("eth0"), Eth("eth1") },
            Networks = { new Wire.NetworkConfig { Id = "22222222-2222-4222-8222-222222222222", Type = Common.NetworkType.V4, Ip = new() { Dhcp = Common.DHCPType.Client } } },
            SystemAdapterList = { Adapter("eth0", cost: 3), Adapter("eth1", cost: 3) },
        };

        var ports = Parse(config).Ports;

        Assert.That(ports.Version, Is.EqualTo(DevicePortConfigVersion.Initial));
        Assert.That(ports.Ports.Select(p => (p.IsMgmt, p.Cost)), Is.All.EqualTo((true, (byte)0)));
        Assert.That(ports.LastError, Is.Empty);
    }

    [Test]
    public void Two_adapters_on_one_interface_blame_each_other()
    {
        var config = new Wire.EdgeDevConfig
        {
            DeviceIoList = { Eth("eth0") },
            SystemAdapterList = { Adapter("eth0"), new Wire.SystemAdapter { Name = "again", LowerLayerName = "eth0" } },
        };

        var ports = Parse(config).Ports.Ports;

        Assert.That(ports.Select(p => p.InvalidConfig), Is.All.True);
        Assert.That(ports[1].LastError, Does.Contain("interface eth0 is used by adapter 'eth0' as well"));
    }

    [TestCase(null, null, false)]
    [TestCase(3u, null, false)]
    [TestCase(3u, 3u, false)]
    [TestCase(4u, 3u, true)]
    [TestCase(2u, 3u, true)]
    public void A_command_acts_once_for_each_counter_and_never_at_first_sight(uint? asked, uint? stored, bool act)
    {
        var verdict = OpsCommands.Judge(asked is { } counter ? new() { Counter = counter } : null, stored is { } known ? new(known) : null);

        Assert.That((verdict.Act, verdict.Remember?.Counter), Is.EqualTo((act, asked)));
    }

    [TestCase("6ba7b810-9dad-11d1-80b4-00c04fd430c8", false)]
    [TestCase("6ba7b810-9dad-11d1-80b4-00c04fd430c9", true)]
    [TestCase("", true)]
    [TestCase("nonsense", true)]
    [TestCase(null, false)]
    public void A_configuration_for_another_device_is_refused(string? id, bool refused) =>
        Assert.That(DeviceFields.Refusal(id is null ? new() : new() { Id = new() { Uuid = id } }, s_device), refused ? Is.Not.Null : Is.Null);

    [Test]
    public void A_time_stamp_that_is_none_is_refused() =>
        Assert.That(DeviceFields.Refusal(new() { ConfigTimestamp = new() { Seconds = long.MaxValue } }, s_device), Does.Contain("no point in time"));

    [TestCase("10.1.2.3", true)]
    [TestCase("2001:db8::1", true)]
    [TestCase("10.1.2", false)]
    [TestCase("1", false)]
    [TestCase("010.1.2.3", false)]
    [TestCase("0x0a.1.2.3", false)]
    [TestCase("10.1.2.3 ", false)]
    [TestCase("fe80::1%eth0", false)]
    [TestCase("[2001:db8::1]", false)]
    [TestCase("", false)]
    public void Addresses_are_read_strictly(string text, bool good) => Assert.That(Fields.TryAddress(text, out _), Is.EqualTo(good));

    static ParsedConfig Parse(Wire.EdgeDevConfig config) =>
        ConfigParser.Parse(config, ConfigParser.Items(config, null, ConfigSource.Controller), new(DateTimeOffset.UnixEpoch, s_device));

    static Wire.PhysicalIO Eth(string name) => new() { Ptype = Common.PhyIoType.PhyIoNetEth, Phylabel = name, Phyaddrs = { ["Ifname"] = name } };

    static Wire.SystemAdapter Adapter(string name, uint cost = 0) => new() { Name = name, Cost = cost, NetworkUUID = "22222222-2222-4222-8222-222222222222" };
}
