using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record NetworkInstanceStatus(
    Guid UUID = default,
    string Version = "",
    string DisplayName = "",
    NetworkInstanceType Type = default,
    string PortLabel = "",
    AddressType IpType = default,
    IpNet? Subnet = null,
    string Gateway = "",
    string DomainName = "",
    ValueList<string> NtpServers = default,
    ValueList<string> DnsServers = default,
    IPRange? DhcpRange = null,
    ValueList<DNSNameToIP> DnsNameToIPList = default,
    bool PropagateConnRoutes = false,
    ValueList<IPRouteConfig> StaticRoutes = default,
    bool EnableFlowlog = false,
    STPConfig? STPConfig = null,
    ValueList<VlanAccessPort> VlanAccessPorts = default,
    bool ForwardLLDP = false,
    int BridgeNum = 0,
    string BridgeName = "",
    string BridgeIPAddr = "",
    MacAddress BridgeMac = default,
    int BridgeIfindex = 0,
    string MirrorIfName = "",
    ValueMap<string, AssignedAddrs> IPAssignments = default,
    ValueList<VifNameMac> Vifs = default,
    ValueMap<uint, uint> VlanMap = default,
    uint NumTrunkPorts = 0,
    ErrorDescription? ValidationErr = null,
    ErrorDescription? AllocationErr = null,
    ulong Activate = 0,
    bool Activated = false,
    ChangeInProgressType ChangeInProgress = default,
    ErrorDescription? IPConflictErr = null,
    ushort MTU = 0,
    ErrorDescription? MTUConflictErr = null,
    ValueList<string> Ports = default,
    ValueList<string> CombinedNTPServers = default,
    ValueList<IPRouteStatus> IntendedRoutes = default,
    ValueList<IPRouteInfo> CurrentRoutes = default,
    ErrorDescription? PortErr = null,
    ErrorDescription? ReconcileErr = null,
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default) : ITopic<NetworkInstanceStatus>, IErrorStatus<NetworkInstanceStatus>
{
    public IPRange DhcpRange { get; init; } = DhcpRange ?? new();
    public STPConfig STPConfig { get; init; } = STPConfig ?? new();
    public ErrorDescription ValidationErr { get; init; } = ValidationErr ?? new();
    public ErrorDescription AllocationErr { get; init; } = AllocationErr ?? new();
    public ErrorDescription IPConflictErr { get; init; } = IPConflictErr ?? new();
    public ErrorDescription MTUConflictErr { get; init; } = MTUConflictErr ?? new();
    public ErrorDescription PortErr { get; init; } = PortErr ?? new();
    public ErrorDescription ReconcileErr { get; init; } = ReconcileErr ?? new();

    public string Key => UUID.ToString();
    public static JsonTypeInfo<NetworkInstanceStatus> Json => EveJson.NetworkInstanceStatus;

    public NetworkInstanceStatus With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };

    public NetworkInstanceConfig ToNetworkInstanceConfig() => new(
        UUID: UUID, Version: Version, DisplayName: DisplayName, Type: Type, PortLabel: PortLabel, IpType: IpType, Subnet: Subnet, Gateway: Gateway,
        DomainName: DomainName, NtpServers: NtpServers, DnsServers: DnsServers, DhcpRange: DhcpRange, DnsNameToIPList: DnsNameToIPList,
        PropagateConnRoutes: PropagateConnRoutes, StaticRoutes: StaticRoutes, EnableFlowlog: EnableFlowlog, STPConfig: STPConfig,
        VlanAccessPorts: VlanAccessPorts, ForwardLLDP: ForwardLLDP);

    public NetworkInstanceStatus With(NetworkInstanceConfig part) => this with
    {
        UUID = part.UUID, Version = part.Version, DisplayName = part.DisplayName, Type = part.Type, PortLabel = part.PortLabel, IpType = part.IpType,
        Subnet = part.Subnet, Gateway = part.Gateway, DomainName = part.DomainName, NtpServers = part.NtpServers, DnsServers = part.DnsServers,
        DhcpRange = part.DhcpRange, DnsNameToIPList = part.DnsNameToIPList, PropagateConnRoutes = part.PropagateConnRoutes,
        StaticRoutes = part.StaticRoutes, EnableFlowlog = part.EnableFlowlog, STPConfig = part.STPConfig, VlanAccessPorts = part.VlanAccessPorts,
        ForwardLLDP = part.ForwardLLDP,
    };

    public UUIDandVersion ToUUIDandVersion() => new(UUID, Version);

    public NetworkInstanceStatus With(UUIDandVersion part) => this with { UUID = part.UUID, Version = part.Version };

    public NetworkInstanceInfo ToNetworkInstanceInfo() => new(
        BridgeNum, BridgeName, BridgeIPAddr, BridgeMac, BridgeIfindex, MirrorIfName, IPAssignments, Vifs, VlanMap, NumTrunkPorts);

    public NetworkInstanceStatus With(NetworkInstanceInfo part) => this with
    {
        BridgeNum = part.BridgeNum, BridgeName = part.BridgeName, BridgeIPAddr = part.BridgeIPAddr, BridgeMac = part.BridgeMac,
        BridgeIfindex = part.BridgeIfindex, MirrorIfName = part.MirrorIfName, IPAssignments = part.IPAssignments, Vifs = part.Vifs,
        VlanMap = part.VlanMap, NumTrunkPorts = part.NumTrunkPorts,
    };
}

public sealed record NetworkInstanceInfo(
    int BridgeNum = 0,
    string BridgeName = "",
    string BridgeIPAddr = "",
    MacAddress BridgeMac = default,
    int BridgeIfindex = 0,
    string MirrorIfName = "",
    ValueMap<string, AssignedAddrs> IPAssignments = default,
    ValueList<VifNameMac> Vifs = default,
    ValueMap<uint, uint> VlanMap = default,
    uint NumTrunkPorts = 0);

public sealed record IPRouteStatus(
    IpNet? DstNetwork = null,
    string Gateway = "",
    string OutputPortLabel = "",
    NIPortProbe? PortProbe = null,
    bool PreferLowerCost = false,
    bool PreferStrongerWwanSignal = false,
    string SelectedPort = "",
    bool RunningPortProbing = false,
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default) : IErrorStatus<IPRouteStatus>
{
    public NIPortProbe PortProbe { get; init; } = PortProbe ?? new();

    public IPRouteStatus With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };

    public IPRouteConfig ToIPRouteConfig() => new(DstNetwork, Gateway, OutputPortLabel, PortProbe, PreferLowerCost, PreferStrongerWwanSignal);

    public IPRouteStatus With(IPRouteConfig part) => this with
    {
        DstNetwork = part.DstNetwork, Gateway = part.Gateway, OutputPortLabel = part.OutputPortLabel, PortProbe = part.PortProbe,
        PreferLowerCost = part.PreferLowerCost, PreferStrongerWwanSignal = part.PreferStrongerWwanSignal,
    };
}

public sealed record IPRouteInfo(
    AddressType IPVersion = default,
    IpNet? DstNetwork = null,
    string Gateway = "",
    string OutputPort = "",
    Guid GatewayApp = default);

public enum ChangeInProgressType
{
    None = 0,
    Create = 1,
    Modify = 2,
    Delete = 3,
    Last = 255,
}
