using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace Eve.Topics;

public sealed record DevicePortConfig(
    [property: JsonIgnore(Condition = WhenWritingDefault)] DevicePortConfigVersion Version = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] string Key = "",
    GoTime TimePriority = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] DPCState State = default,
    GoTime LastFailed = default,
    GoTime LastSucceeded = default,
    string LastError = "",
    string LastWarning = "",
    GoTime LastIPAndDNS = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] ValueList<NetworkPortConfig> Ports = default) : ITopic<DevicePortConfig>
{
    string ITopic<DevicePortConfig>.Key => Key;
    public static JsonTypeInfo<DevicePortConfig> Json => EveJson.DevicePortConfig;

    public TestResults ToTestResults() => new(LastFailed, LastSucceeded, LastError, LastWarning);

    public DevicePortConfig With(TestResults part) => this with
    {
        LastFailed = part.LastFailed, LastSucceeded = part.LastSucceeded, LastError = part.LastError, LastWarning = part.LastWarning,
    };
}

public sealed record NetworkPortConfig(
    [property: JsonIgnore(Condition = WhenWritingDefault)] string IfName = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string USBAddr = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string PCIAddr = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string Phylabel = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string Logicallabel = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] ValueList<string> SharedLabels = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] string Alias = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool AllowLocalModifications = false,
    Guid NetworkUUID = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool IsMgmt = false,
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool IsL3Port = false,
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool InvalidConfig = false,
    [property: JsonIgnore(Condition = WhenWritingDefault)] byte Cost = 0,
    [property: JsonIgnore(Condition = WhenWritingDefault)] ushort MTU = 0,
    [property: JsonIgnore(Condition = WhenWritingDefault)] DhcpType Dhcp = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] string AddrSubnet = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string Gateway = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string DomainName = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] ValueList<string> NTPServers = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] ValueList<string> DNSServers = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] NetworkType Type = default,
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
    WirelessConfig? WirelessCfg = null,
    PNACConfig? PNAC = null,
    GoTime LastFailed = default,
    GoTime LastSucceeded = default,
    string LastError = "",
    string LastWarning = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool IgnoreDhcpNtpServers = false,
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool IgnoreDhcpIPAddresses = false,
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool IgnoreDhcpGateways = false,
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool IgnoreDhcpDNSConfig = false,
    PortConfigSource? ConfigSource = null)
{
    public VLANConfig VLAN { get; init; } = VLAN ?? new();
    public BondConfig Bond { get; init; } = Bond ?? new();
    public WirelessConfig WirelessCfg { get; init; } = WirelessCfg ?? new();
    public PNACConfig PNAC { get; init; } = PNAC ?? new();
    public PortConfigSource ConfigSource { get; init; } = ConfigSource ?? new();

    public DhcpConfig ToDhcpConfig() => new(Dhcp, AddrSubnet, Gateway, DomainName, NTPServers, DNSServers, Type);

    public NetworkPortConfig With(DhcpConfig part) => this with
    {
        Dhcp = part.Dhcp, AddrSubnet = part.AddrSubnet, Gateway = part.Gateway, DomainName = part.DomainName, NTPServers = part.NTPServers,
        DNSServers = part.DNSServers, Type = part.Type,
    };

    public ProxyConfig ToProxyConfig() => new(Proxies, Exceptions, Pacfile, NetworkProxyEnable, NetworkProxyURL, WpadURL, ProxyCertPEM);

    public NetworkPortConfig With(ProxyConfig part) => this with
    {
        Proxies = part.Proxies, Exceptions = part.Exceptions, Pacfile = part.Pacfile, NetworkProxyEnable = part.NetworkProxyEnable,
        NetworkProxyURL = part.NetworkProxyURL, WpadURL = part.WpadURL, ProxyCertPEM = part.ProxyCertPEM,
    };

    public L2LinkConfig ToL2LinkConfig() => new(L2Type, VLAN, Bond);

    public NetworkPortConfig With(L2LinkConfig part) => this with { L2Type = part.L2Type, VLAN = part.VLAN, Bond = part.Bond };

    public TestResults ToTestResults() => new(LastFailed, LastSucceeded, LastError, LastWarning);

    public NetworkPortConfig With(TestResults part) => this with
    {
        LastFailed = part.LastFailed, LastSucceeded = part.LastSucceeded, LastError = part.LastError, LastWarning = part.LastWarning,
    };
}

public sealed record DhcpConfig(
    [property: JsonIgnore(Condition = WhenWritingDefault)] DhcpType Dhcp = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] string AddrSubnet = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string Gateway = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string DomainName = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] ValueList<string> NTPServers = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] ValueList<string> DNSServers = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] NetworkType Type = default);

public sealed record PNACConfig(
    bool Enabled = false,
    [property: JsonIgnore(Condition = WhenWritingDefault)] string EAPIdentity = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] EAPMethod EAPMethod = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] string CertEnrollmentProfileName = "",
    [property: JsonPropertyName("pubsub-large-ProxyCertPEM")] ValueList<Bytes> ProxyCertPEM = default);

public enum EAPMethod
{
    Unspecified = 0,
    Tls = 1,
}
