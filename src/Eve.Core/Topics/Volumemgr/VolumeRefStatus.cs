using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record VolumeRefStatus(
    Guid VolumeID = default,
    long GenerationCounter = 0,
    long LocalGenerationCounter = 0,
    Guid AppUUID = default,
    SwState State = default,
    string ActiveFileLocation = "",
    ImageFormat ContentFormat = default,
    bool ReadOnly = false,
    string DisplayName = "",
    ulong MaxVolSize = 0,
    bool PendingAdd = false,
    string WWN = "",
    bool VerifyOnly = false,
    DriveTarget Target = default,
    string CustomMeta = "",
    string ReferenceName = "",
    string ErrorSourceType = "",
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default) : ITopic<VolumeRefStatus>, IErrorStatus<VolumeRefStatus>
{
    public string Key => $"{VolumeID}#{GenerationCounter + LocalGenerationCounter}#{AppUUID}";
    public static JsonTypeInfo<VolumeRefStatus> Json => EveJson.VolumeRefStatus;

    public VolumeRefStatus With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };
}
