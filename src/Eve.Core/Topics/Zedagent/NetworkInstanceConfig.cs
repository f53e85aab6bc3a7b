using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record NetworkInstanceConfig(
    Guid UUID = default,
    string Version = "",
    string DisplayName = "",
    NetworkInstanceType Type = default,
    bool Activate = false,
    string PortLabel = "",
    AddressType IpType = default,
    IpNet? Subnet = null,
    string Gateway = "",
    string DomainName = "",
    ValueList<string> NtpServers = default,
    ValueList<string> DnsServers = default,
    IPRange? DhcpRange = null,
    ValueList<DNSNameToIP> DnsNameToIPList = default,
    ushort MTU = 0,
    bool PropagateConnRoutes = false,
    ValueList<IPRouteConfig> StaticRoutes = default,
    bool EnableFlowlog = false,
    STPConfig? STPConfig = null,
    ValueList<VlanAccessPort> VlanAccessPorts = default,
    bool ForwardLLDP = false,
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default) : ITopic<NetworkInstanceConfig>, IErrorStatus<NetworkInstanceConfig>
{
    public IPRange DhcpRange { get; init; } = DhcpRange ?? new();
    public STPConfig STPConfig { get; init; } = STPConfig ?? new();

    public string Key => UUID.ToString();
    public static JsonTypeInfo<NetworkInstanceConfig> Json => EveJson.NetworkInstanceConfig;

    public NetworkInstanceConfig With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };

    public UUIDandVersion ToUUIDandVersion() => new(UUID, Version);

    public NetworkInstanceConfig With(UUIDandVersion part) => this with { UUID = part.UUID, Version = part.Version };
}
