using Eve.Topics;

namespace Eve.Tests.Zedrouter;

/// <summary>A device with one port, a network instance and apps, as the controller would configure them.</summary>
internal static class Samples
{
    public static readonly Guid DeviceId = new("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    public static readonly Guid Net1 = new("00000000-0000-0000-0000-0000000000b1");
    public static readonly Guid Net2 = new("00000000-0000-0000-0000-0000000000b2");
    public static readonly Guid App1 = new("00000000-0000-0000-0000-0000000000a1");
    public static readonly Guid App2 = new("00000000-0000-0000-0000-0000000000a2");

    public static NetworkInstanceConfig Instance(Guid id, string subnet = "10.11.12.0/24", string port = "uplink") => new(
        id, "1", DisplayName: "net-" + id.ToString()[^2..], Type: NetworkInstanceType.Local, Activate: true, PortLabel: port, IpType: AddressType.Ipv4,
        Subnet: IpNet.Parse(subnet), Gateway: subnet.Replace(".0/24", ".1", StringComparison.Ordinal),
        DhcpRange: new(subnet.Replace(".0/24", ".20", StringComparison.Ordinal), subnet.Replace(".0/24", ".29", StringComparison.Ordinal)));

    public static AppNetworkConfig App(Guid id, string name, params ACE[] acl) => App(id, name, Net1, acl);

    public static AppNetworkConfig App(Guid id, string name, Guid network, params ACE[] acl) => new(
        new(id, "1"), name, Activate: true, AppNetAdapterList: [new AppNetAdapterConfig("eth0", Network: network, ACLs: [.. acl])]);

    public static ACE Allow(int id, params (string Type, string Value)[] matches) => new([.. matches.Select(m => new ACEMatch(m.Type, m.Value))], [], RuleID: id);

    public static ACE Drop(int id, params (string Type, string Value)[] matches) => Allow(id, matches) with { Actions = [new(Drop: true)] };

    public static ACE PortMap(int id, int outside, int inside, string protocol = "tcp") =>
        Allow(id, ("protocol", protocol), ("lport", $"{outside}")) with { Actions = [new(PortMap: true, TargetPort: inside)] };

    public static NetworkPortStatus Port(string name, string address, string router, bool management = true, byte cost = 0) => new(
        name, Logicallabel: name + "-label", IsMgmt: management, IsL3Port: true, Cost: cost, Dhcp: DhcpType.Static, Type: NetworkType.Ipv4,
        IPv4Subnet: IpNet.Parse(Subnet(address)), DNSServers: [router], AddrInfoList: [new(address)], DefaultRouters: [router], Up: true, MTU: 1500);

    public static DeviceNetworkStatus Network(params NetworkPortStatus[] ports) => new("zedagent", Ports: [.. ports]);

    public static DeviceNetworkStatus OnePort => Network(Port("eth0", "10.1.0.63", "10.1.0.1"));

    static string Subnet(string address) => address[..address.LastIndexOf('.')] + ".0/24";
}
