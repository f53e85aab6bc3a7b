using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace Eve.Topics;

public sealed record NetworkXObjectConfig(
    Guid UUID = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] NetworkType Type = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] DhcpType Dhcp = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] IpNet? Subnet = null,
    IPRange? DhcpRange = null,
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool IgnoreDhcpIPAddresses = false,
    [property: JsonIgnore(Condition = WhenWritingDefault)] string Gateway = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool IgnoreDhcpGateways = false,
    [property: JsonIgnore(Condition = WhenWritingDefault)] string DomainName = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] ValueList<string> DNSServers = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] ValueList<DNSNameToIP> DNSNameToIPList = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool IgnoreDhcpDNSConfig = false,
    [property: JsonIgnore(Condition = WhenWritingDefault)] ValueList<string> NTPServers = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool IgnoreDhcpNtpServers = false,
    [property: JsonIgnore(Condition = WhenWritingDefault)] ProxyConfig? Proxy = null,
    WirelessConfig? WirelessCfg = null,
    [property: JsonIgnore(Condition = WhenWritingDefault)] ushort MTU = 0,
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default) : ITopic<NetworkXObjectConfig>, IErrorStatus<NetworkXObjectConfig>
{
    public IPRange DhcpRange { get; init; } = DhcpRange ?? new();
    public WirelessConfig WirelessCfg { get; init; } = WirelessCfg ?? new();

    public string Key => UUID.ToString();
    public static JsonTypeInfo<NetworkXObjectConfig> Json => EveJson.NetworkXObjectConfig;

    public NetworkXObjectConfig With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };
}
