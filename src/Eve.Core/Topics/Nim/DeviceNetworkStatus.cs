using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace Eve.Topics;

public sealed record DeviceNetworkStatus(
    string DPCKey = "",
    DevicePortConfigVersion Version = default,
    bool Testing = false,
    DPCState State = default,
    int CurrentIndex = 0,
    RadioSilence? RadioSilence = null,
    ValueList<NetworkPortStatus> Ports = default) : ITopic<DeviceNetworkStatus>
{
    public RadioSilence RadioSilence { get; init; } = RadioSilence ?? new();

    public string Key => "global";
    public static JsonTypeInfo<DeviceNetworkStatus> Json => EveJson.DeviceNetworkStatus;
}

public sealed record NetworkPortStatus(
    string IfName = "",
    string Phylabel = "",
    string Logicallabel = "",
    string PciLong = "",
    ValueList<string> SharedLabels = default,
    string Alias = "",
    bool IsMgmt = false,
    bool IsL3Port = false,
    bool InvalidConfig = false,
    byte Cost = 0,
    DhcpType Dhcp = default,
    NetworkType Type = default,
    IpNet? ConfiguredSubnet = null,
    string ConfiguredIP = "",
    bool IgnoredDhcpIPs = false,
    IpNet? IPv4Subnet = null,
    ValueList<IpNet> IPv6Subnets = default,
    string DomainName = "",
    ValueList<string> DNSServers = default,
    ValueList<string> NtpServers = default,
    ValueList<AddrInfo> AddrInfoList = default,
    string ClusterIPAddr = "",
    ValueList<string> DefaultRouters = default,
    bool Up = false,
    MacAddress MacAddr = default,
    ushort MTU = 0,
    WirelessConfig? WirelessCfg = null,
    WirelessStatus? WirelessStatus = null,
    PNACStatus? PNAC = null,
    BondStatus? BondStatus = null,
    PortConfigSource? ConfigSource = null,
    [property: JsonIgnore(Condition = WhenWritingDefault)] ValueList<ProxyEntry> Proxies = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] string Exceptions = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string Pacfile = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool NetworkProxyEnable = false,
    [property: JsonIgnore(Condition = WhenWritingDefault)] string NetworkProxyURL = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string WpadURL = "",
    [property: JsonPropertyName("pubsub-large-ProxyCertPEM")] ValueList<Bytes> ProxyCertPEM = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] L2LinkType L2Type = default,
    VLANConfig? VLAN = null,
    BondConfig? Bond = null,
    GoTime LastFailed = default,
    GoTime LastSucceeded = default,
    string LastError = "",
    string LastWarning = "",
    string LpsConfigError = "")
{
    public WirelessConfig WirelessCfg { get; init; } = WirelessCfg ?? new();
    public WirelessStatus WirelessStatus { get; init; } = WirelessStatus ?? new();
    public PNACStatus PNAC { get; init; } = PNAC ?? new();
    public BondStatus BondStatus { get; init; } = BondStatus ?? new();
    public PortConfigSource ConfigSource { get; init; } = ConfigSource ?? new();
    public VLANConfig VLAN { get; init; } = VLAN ?? new();
    public BondConfig Bond { get; init; } = Bond ?? new();

    public ProxyConfig ToProxyConfig() => new(Proxies, Exceptions, Pacfile, NetworkProxyEnable, NetworkProxyURL, WpadURL, ProxyCertPEM);

    public NetworkPortStatus With(ProxyConfig part) => this with
    {
        Proxies = part.Proxies, Exceptions = part.Exceptions, Pacfile = part.Pacfile, NetworkProxyEnable = part.NetworkProxyEnable,
        NetworkProxyURL = part.NetworkProxyURL, WpadURL = part.WpadURL, ProxyCertPEM = part.ProxyCertPEM,
    };

    public L2LinkConfig ToL2LinkConfig() => new(L2Type, VLAN, Bond);

    public NetworkPortStatus With(L2LinkConfig part) => this with { L2Type = part.L2Type, VLAN = part.VLAN, Bond = part.Bond };

    public TestResults ToTestResults() => new(LastFailed, LastSucceeded, LastError, LastWarning);

    public NetworkPortStatus With(TestResults part) => this with
    {
        LastFailed = part.LastFailed, LastSucceeded = part.LastSucceeded, LastError = part.LastError, LastWarning = part.LastWarning,
    };
}

public sealed record AddrInfo(string Addr = "", Bytes Mask = default, IpInfo? Geo = null, GoTime LastGeoTimestamp = default)
{
    public IpInfo Geo { get; init; } = Geo ?? new();
}

public sealed record WirelessStatus(WirelessType WType = default, WwanNetworkStatus? Cellular = null)
{
    public WwanNetworkStatus Cellular { get; init; } = Cellular ?? new();
}

public sealed record PNACStatus(
    bool Enabled = false,
    SupplicantState State = default,
    GoTime LastAuthTimestamp = default,
    ErrorDescription? Error = null)
{
    public ErrorDescription Error { get; init; } = Error ?? new();
}

public sealed record BondStatus(
    BondMode Mode = default,
    string ActiveMember = "",
    BondMIIMonitorStatus? MIIMonitor = null,
    BondARPMonitorStatus? ARPMonitor = null,
    BondLACPStatus? LACP = null,
    ValueList<BondMemberStatus> Members = default)
{
    public BondMIIMonitorStatus MIIMonitor { get; init; } = MIIMonitor ?? new();
    public BondARPMonitorStatus ARPMonitor { get; init; } = ARPMonitor ?? new();
    public BondLACPStatus LACP { get; init; } = LACP ?? new();
}

public sealed record BondMIIMonitorStatus(bool Enabled = false, uint PollingInterval = 0, uint UpDelay = 0, uint DownDelay = 0);

public sealed record BondARPMonitorStatus(
    bool Enabled = false,
    uint PollingInterval = 0,
    ValueList<string> IPTargets = default,
    uint MissedMax = 0);

public sealed record BondLACPStatus(
    bool Enabled = false,
    LacpRate LACPRate = default,
    ushort ActiveAggregatorID = 0,
    MacAddress PartnerMAC = default,
    ushort ActorKey = 0,
    ushort PartnerKey = 0);

public sealed record BondMemberStatus(string Logicallabel = "", bool MIIUp = false, BondMemberLACPStatus? LACP = null);

public sealed record BondMemberLACPStatus(
    ushort AggregatorID = 0,
    BondLACPChurnState ActorChurnState = default,
    BondLACPChurnState PartnerChurnState = default);

public sealed record IpInfo(
    [property: JsonPropertyName("ip")] string Ip = "",
    [property: JsonPropertyName("hostname")] string Hostname = "",
    [property: JsonPropertyName("city")] string City = "",
    [property: JsonPropertyName("region")] string Region = "",
    [property: JsonPropertyName("country")] string Country = "",
    [property: JsonPropertyName("loc")] string Loc = "",
    [property: JsonPropertyName("org")] string Org = "",
    [property: JsonPropertyName("postal")] string Postal = "");

public enum BondLACPChurnState : byte
{
    None = 0,
    Monitoring = 1,
    Churned = 2,
}

public enum SupplicantState
{
    Unspecified = 0,
    Disconnected = 1,
    Connecting = 2,
    Authenticating = 3,
    Authenticated = 4,
    Failed = 5,
    Held = 6,
}
