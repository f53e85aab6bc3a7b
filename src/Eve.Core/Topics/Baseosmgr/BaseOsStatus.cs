using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record BaseOsStatus(
    string BaseOsVersion = "",
    bool Activated = false,
    bool TooEarly = false,
    string ContentTreeUUID = "",
    string PartitionLabel = "",
    string PartitionDevice = "",
    string PartitionState = "",
    SwState State = default,
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default) : ITopic<BaseOsStatus>, IErrorStatus<BaseOsStatus>
{
    public string Key => ContentTreeUUID;
    public static JsonTypeInfo<BaseOsStatus> Json => EveJson.BaseOsStatus;

    public BaseOsStatus With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };
}
