using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record AppInstanceStatus(
    UUIDandVersion? UUIDandVersion = null,
    string DisplayName = "",
    string DomainName = "",
    bool Activated = false,
    bool ActivateInprogress = false,
    VmConfig? FixedResources = null,
    ValueList<VolumeRefStatus> VolumeRefStatusList = default,
    ValueList<AppNetAdapterStatus> AppNetAdapters = default,
    GoTime BootTime = default,
    ValueList<IoAdapter> IoAdapterList = default,
    Inprogress RestartInprogress = default,
    GoTime RestartStartedAt = default,
    Inprogress PurgeInprogress = default,
    GoTime PurgeStartedAt = default,
    SwState State = default,
    bool MissingNetwork = false,
    bool MissingMemory = false,
    bool NoBootPriority = false,
    string ErrorSourceType = "",
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default,
    GoTime StartTime = default,
    SnapshottingStatus? SnapStatus = null,
    ulong MemOverhead = 0,
    bool NoUploadStatsToController = false,
    bool IsDesignatedNodeID = false) : ITopic<AppInstanceStatus>, IErrorStatus<AppInstanceStatus>
{
    public UUIDandVersion UUIDandVersion { get; init; } = UUIDandVersion ?? new();
    public VmConfig FixedResources { get; init; } = FixedResources ?? new();
    public SnapshottingStatus SnapStatus { get; init; } = SnapStatus ?? new();

    public string Key => UUIDandVersion.UUID.ToString();
    public static JsonTypeInfo<AppInstanceStatus> Json => EveJson.AppInstanceStatus;

    public AppInstanceStatus With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };
}

public sealed record SnapshottingStatus(
    uint MaxSnapshots = 0,
    ValueList<SnapshotInstanceStatus> RequestedSnapshots = default,
    ValueList<SnapshotInstanceStatus> AvailableSnapshots = default,
    ValueList<SnapshotDesc> SnapshotsToBeDeleted = default,
    ValueList<VolumesSnapshotConfig> PreparedVolumesSnapshotConfigs = default,
    SnapshotWhen SnapshotTakenType = default,
    bool HasRollbackRequest = false,
    string ActiveSnapshot = "",
    bool RollbackInProgress = false);

public sealed record SnapshotInstanceStatus(
    SnapshotDesc? Snapshot = null,
    bool Reported = false,
    GoTime TimeTriggered = default,
    GoTime TimeCreated = default,
    Guid AppInstanceID = default,
    UUIDandVersion? ConfigVersion = null,
    ErrorDescription? Error = null)
{
    public SnapshotDesc Snapshot { get; init; } = Snapshot ?? new();
    public UUIDandVersion ConfigVersion { get; init; } = ConfigVersion ?? new();
    public ErrorDescription Error { get; init; } = Error ?? new();
}

public enum Inprogress : byte
{
    NotInprogress = 0,
    DownloadAndVerify = 1,
    BringDown = 2,
    RecreateVolumes = 3,
    BringUp = 4,
}

public enum SnapshotWhen : byte
{
    NoSnapshotTake = 0,
    SnapshotImmediate = 1,
    SnapshotOnUpgrade = 2,
}
