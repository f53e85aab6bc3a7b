using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record AppInstanceConfig(
    UUIDandVersion? UUIDandVersion = null,
    string DisplayName = "",
    ValueList<string> Errors = default,
    VmConfig? FixedResources = null,
    bool DisableLogs = false,
    ValueList<VolumeRefConfig> VolumeRefConfigList = default,
    bool Activate = false,
    ValueList<AppNetAdapterConfig> AppNetAdapterList = default,
    ValueList<IoAdapter> IoAdapterList = default,
    AppInstanceOpsCmd? RestartCmd = null,
    AppInstanceOpsCmd? PurgeCmd = null,
    AppInstanceOpsCmd? LocalRestartCmd = null,
    AppInstanceOpsCmd? LocalPurgeCmd = null,
    [property: JsonPropertyName("pubsub-large-CloudInitUserData")] string? CloudInitUserData = null,
    bool RemoteConsole = false,
    string CollectStatsIPAddr = "",
    string CipherBlockID = "",
    string CipherContextID = "",
    Bytes InitialValue = default,
    [property: JsonPropertyName("pubsub-large-CipherData")] Bytes CipherData = default,
    Bytes ClearTextHash = default,
    bool IsCipher = false,
    CipherContext? CipherContext = null,
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default,
    MetaDataType MetaDataType = default,
    ValueList<string> ProfileList = default,
    GoDuration Delay = default,
    bool Service = false,
    uint CloudInitVersion = 0,
    SnapshotConfig? Snapshot = null,
    bool AllowToDiscover = false,
    bool IsDesignatedNodeID = false,
    Affinity AffinityType = default,
    AppRuntimeType DeploymentType = default,
    BootOrder ControllerBootOrder = default,
    BootOrderSource BootOrderSource = default) : ITopic<AppInstanceConfig>, IErrorStatus<AppInstanceConfig>
{
    public UUIDandVersion UUIDandVersion { get; init; } = UUIDandVersion ?? new();
    public VmConfig FixedResources { get; init; } = FixedResources ?? new();
    public AppInstanceOpsCmd RestartCmd { get; init; } = RestartCmd ?? new();
    public AppInstanceOpsCmd PurgeCmd { get; init; } = PurgeCmd ?? new();
    public AppInstanceOpsCmd LocalRestartCmd { get; init; } = LocalRestartCmd ?? new();
    public AppInstanceOpsCmd LocalPurgeCmd { get; init; } = LocalPurgeCmd ?? new();
    public SnapshotConfig Snapshot { get; init; } = Snapshot ?? new();

    public string Key => UUIDandVersion.UUID.ToString();
    public static JsonTypeInfo<AppInstanceConfig> Json => EveJson.AppInstanceConfig;

    public AppInstanceConfig With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };

    public CipherBlockStatus ToCipherBlockStatus() => new(
        CipherBlockID, CipherContextID, InitialValue, CipherData, ClearTextHash, IsCipher, CipherContext, Error, ErrorTime, ErrorSeverity,
        ErrorRetryCondition, ErrorEntities);

    public AppInstanceConfig With(CipherBlockStatus part) => this with
    {
        CipherBlockID = part.CipherBlockID, CipherContextID = part.CipherContextID, InitialValue = part.InitialValue, CipherData = part.CipherData,
        ClearTextHash = part.ClearTextHash, IsCipher = part.IsCipher, CipherContext = part.CipherContext, Error = part.Error,
        ErrorTime = part.ErrorTime, ErrorSeverity = part.ErrorSeverity, ErrorRetryCondition = part.ErrorRetryCondition,
        ErrorEntities = part.ErrorEntities,
    };
}

public sealed record SnapshotConfig(
    string ActiveSnapshot = "",
    uint MaxSnapshots = 0,
    AppInstanceOpsCmd? RollbackCmd = null,
    ValueList<SnapshotDesc> Snapshots = default)
{
    public AppInstanceOpsCmd RollbackCmd { get; init; } = RollbackCmd ?? new();
}

public enum BootOrderSource
{
    Unspecified = 0,
    Lps = 1,
    Controller = 2,
    DeviceProperty = 3,
}
