using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record VerifyImageStatus(
    string ImageSha256 = "",
    string Name = "",
    string FileLocation = "",
    long Size = 0,
    string MediaType = "",
    bool PendingAdd = false,
    bool PendingModify = false,
    bool PendingDelete = false,
    SwState State = default,
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default,
    uint RefCount = 0,
    bool Expired = false) : ITopic<VerifyImageStatus>, IErrorStatus<VerifyImageStatus>
{
    public string Key => ImageSha256;
    public static JsonTypeInfo<VerifyImageStatus> Json => EveJson.VerifyImageStatus;

    public VerifyImageStatus With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };
}
