using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record ResolveStatus(
    Guid DatastoreID = default,
    string Name = "",
    string ImageSha256 = "",
    uint Counter = 0,
    int RetryCount = 0,
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default,
    string OrigError = "") : ITopic<ResolveStatus>, IErrorStatus<ResolveStatus>
{
    public string Key => $"{DatastoreID}+{Name.Replace('/', '_')}+{Counter}";
    public static JsonTypeInfo<ResolveStatus> Json => EveJson.ResolveStatus;

    public ResolveStatus With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };
}
