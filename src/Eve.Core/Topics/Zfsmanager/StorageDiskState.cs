namespace Eve.Topics;

public sealed record StorageDiskState(
    DiskDescription? DiskName = null,
    StorageStatus Status = default,
    VDevAux AuxState = default,
    string AuxStateStr = "");

public enum VDevAux : ulong
{
    Unspecified = 0,
    StatusOk = 1,
    OpenFailed = 2,
    CorruptData = 3,
    NoReplicas = 4,
    BadGuidSum = 5,
    TooSmall = 6,
    BadLabel = 7,
    VersionNewer = 8,
    VersionOlder = 9,
    UnsupFeat = 10,
    Spared = 11,
    ErrExceeded = 12,
    IoFailure = 13,
    BadLog = 14,
    External = 15,
    SplitPool = 16,
    BadAshift = 17,
    ExternalPersist = 18,
    Active = 19,
    ChildrenOffline = 20,
    AshiftTooBig = 21,
}
