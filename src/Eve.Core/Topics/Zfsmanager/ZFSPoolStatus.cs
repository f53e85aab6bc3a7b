using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record ZFSPoolStatus(
    string PoolName = "",
    string ZfsVersion = "",
    StorageRaidType CurrentRaid = default,
    double CompressionRatio = 0,
    ulong ZpoolSize = 0,
    uint CountZvols = 0,
    StorageStatus StorageState = default,
    ValueList<StorageDiskState> Disks = default,
    string CollectorErrors = "",
    ValueList<StorageChildren> Children = default,
    PoolStatus PoolStatusMsg = default,
    string PoolStatusMsgStr = "",
    PoolTrimStatus? TrimStatus = null) : ITopic<ZFSPoolStatus>
{
    public PoolTrimStatus TrimStatus { get; init; } = TrimStatus ?? new();

    public string Key => PoolName;
    public static JsonTypeInfo<ZFSPoolStatus> Json => EveJson.ZFSPoolStatus;
}

public sealed record StorageChildren(
    string DisplayName = "",
    StorageRaidType CurrentRaid = default,
    ulong GUID = 0,
    ValueList<StorageDiskState> Disks = default,
    ValueList<StorageChildren> Children = default);

public sealed record PoolTrimStatus(GoTime LastStartTime = default);

public enum PoolStatus : uint
{
    Unspecified = 0,
    CorruptCache = 1,
    MissingDevR = 2,
    MissingDevNr = 3,
    CorruptLabelR = 4,
    CorruptLabelNr = 5,
    BadGuidSum = 6,
    CorruptPool = 7,
    CorruptData = 8,
    FailingDev = 9,
    VersionNewer = 10,
    HostidMismatch = 11,
    HosidActive = 12,
    HostidRequired = 13,
    IoFailureWait = 14,
    IoFailureContinue = 15,
    IoFailureMmp = 16,
    BadLog = 17,
    Errata = 18,
    UnsupFeatRead = 19,
    UnsupFeatWrite = 20,
    FaultedDevR = 21,
    FaultedDevNr = 22,
    VersionOlder = 23,
    FeatDisabled = 24,
    Resilvering = 25,
    OfflineDev = 26,
    RemovedDev = 27,
    Rebuilding = 28,
    RebuildScrub = 29,
    NonNativeAshift = 30,
    CompatibilityErr = 31,
    IncompatibleFeat = 32,
    Ok = 33,
}
