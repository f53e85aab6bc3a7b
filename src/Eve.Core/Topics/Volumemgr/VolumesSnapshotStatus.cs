using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record VolumesSnapshotStatus(
    string SnapshotID = "",
    ValueMap<string, RawJson> VolumeSnapshotMeta = default,
    GoTime TimeCreated = default,
    Guid AppUUID = default,
    int RefCount = 0,
    VolumesSnapshotAction ResultOfAction = default,
    string ErrorSourceType = "",
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default) : ITopic<VolumesSnapshotStatus>, IErrorStatus<VolumesSnapshotStatus>
{
    public string Key => SnapshotID;
    public static JsonTypeInfo<VolumesSnapshotStatus> Json => EveJson.VolumesSnapshotStatus;

    public VolumesSnapshotStatus With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };
}
