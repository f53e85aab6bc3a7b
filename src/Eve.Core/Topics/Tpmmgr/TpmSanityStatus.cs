using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record TpmSanityStatus(
    string Name = "",
    MaintenanceModeReason Status = default,
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default) : ITopic<TpmSanityStatus>, IErrorStatus<TpmSanityStatus>
{
    public string Key => Name;
    public static JsonTypeInfo<TpmSanityStatus> Json => EveJson.TpmSanityStatus;

    public TpmSanityStatus With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };
}
