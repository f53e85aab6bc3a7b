using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record EdgeNodeClusterConfig(
    bool Initialized = false,
    bool Valid = false,
    string ClusterName = "",
    UUIDandVersion? ClusterID = null,
    string ClusterInterface = "",
    IpNet? ClusterIPPrefix = null,
    bool IsWorkerNode = false,
    string JoinServerIP = "",
    bool BootstrapNode = false,
    CipherBlockStatus? CipherToken = null,
    CipherBlockStatus? CipherGzipRegistrationManifestYaml = null,
    ClusterType ClusterType = default,
    UUIDandVersion? TieBreakerNodeID = null,
    bool EnableNativeK8SOrchestration = false,
    ValueList<LBInterfaceConfig> LBInterfaces = default,
    ValueList<Guid> MasterNodeIDs = default) : ITopic<EdgeNodeClusterConfig>
{
    public UUIDandVersion ClusterID { get; init; } = ClusterID ?? new();
    public CipherBlockStatus CipherToken { get; init; } = CipherToken ?? new();
    public CipherBlockStatus CipherGzipRegistrationManifestYaml { get; init; } = CipherGzipRegistrationManifestYaml ?? new();
    public UUIDandVersion TieBreakerNodeID { get; init; } = TieBreakerNodeID ?? new();

    public string Key => "global";
    public static JsonTypeInfo<EdgeNodeClusterConfig> Json => EveJson.EdgeNodeClusterConfig;
}

public enum ClusterType : byte
{
    None = 0,
    K3sBase = 1,
    ReplicatedStorage = 2,
    Ha = 3,
}
