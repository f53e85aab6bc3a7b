using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record DownloaderStatus(
    string ImageSha256 = "",
    ValueList<Guid> DatastoreIDList = default,
    string Target = "",
    string Name = "",
    uint RefCount = 0,
    GoTime LastUse = default,
    bool Expired = false,
    bool NameIsURL = false,
    SwState State = default,
    ulong ReservedSpace = 0,
    ulong Size = 0,
    long TotalSize = 0,
    long CurrentSize = 0,
    uint Progress = 0,
    GoTime ModTime = default,
    string ContentType = "",
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default,
    int RetryCount = 0,
    string OrigError = "",
    GoTime LastRetry = default) : ITopic<DownloaderStatus>, IErrorStatus<DownloaderStatus>
{
    public string Key => ImageSha256;
    public static JsonTypeInfo<DownloaderStatus> Json => EveJson.DownloaderStatus;

    public DownloaderStatus With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };
}
