using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record EdgeNodeClusterStatus(
    string ClusterName = "",
    UUIDandVersion? ClusterID = null,
    string ClusterInterface = "",
    IpNet? ClusterIPPrefix = null,
    bool ClusterIPIsReady = false,
    bool IsWorkerNode = false,
    string JoinServerIP = "",
    bool BootstrapNode = false,
    string EncryptedClusterToken = "",
    ValueList<LBInterfaceConfig> LBInterfaces = default,
    ValueList<string> LBIPPrefixes = default,
    ErrorDescription? LBConfigError = null,
    ErrorDescription? Error = null) : ITopic<EdgeNodeClusterStatus>
{
    public UUIDandVersion ClusterID { get; init; } = ClusterID ?? new();
    public ErrorDescription LBConfigError { get; init; } = LBConfigError ?? new();
    public ErrorDescription Error { get; init; } = Error ?? new();

    public string Key => "global";
    public static JsonTypeInfo<EdgeNodeClusterStatus> Json => EveJson.EdgeNodeClusterStatus;
}
