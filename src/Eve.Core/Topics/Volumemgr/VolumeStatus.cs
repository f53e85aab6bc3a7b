using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record VolumeStatus(
    Guid VolumeID = default,
    Guid ContentID = default,
    VolumeContentOriginType VolumeContentOriginType = default,
    ulong MaxVolSize = 0,
    bool ReadOnly = false,
    long GenerationCounter = 0,
    long LocalGenerationCounter = 0,
    bool Encrypted = false,
    string DisplayName = "",
    SwState State = default,
    VolumeSubState SubState = default,
    uint RefCount = 0,
    GoTime LastRefCountChangeTime = default,
    uint Progress = 0,
    long TotalSize = 0,
    long CurrentSize = 0,
    string FileLocation = "",
    GoTime CreateTime = default,
    ImageFormat ContentFormat = default,
    GoTime LastUse = default,
    bool PreReboot = false,
    string ReferenceName = "",
    string WWN = "",
    DriveTarget Target = default,
    string CustomMeta = "",
    bool IsReplicated = false,
    bool IsNativeContainer = false,
    bool ClusterStorageTransientErr = false,
    int ClusterStorageRetryCount = 0,
    string ErrorSourceType = "",
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default) : ITopic<VolumeStatus>, IErrorStatus<VolumeStatus>
{
    public string Key => $"{VolumeID}#{GenerationCounter + LocalGenerationCounter}";
    public static JsonTypeInfo<VolumeStatus> Json => EveJson.VolumeStatus;

    public VolumeStatus With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };
}

public enum VolumeSubState : byte
{
    Initial = 0,
    Preparing = 1,
    PrepareDone = 2,
    Created = 3,
    Deleting = 4,
}
