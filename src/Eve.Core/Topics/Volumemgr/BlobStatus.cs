using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record BlobStatus(
    ValueList<Guid> DatastoreIDList = default,
    string RelativeURL = "",
    string Sha256 = "",
    ulong Size = 0,
    string Path = "",
    Bytes Content = default,
    SwState State = default,
    GoTime CreateTime = default,
    string MediaType = "",
    bool HasDownloaderRef = false,
    bool HasVerifierRef = false,
    uint RefCount = 0,
    GoTime LastRefCountChangeTime = default,
    long TotalSize = 0,
    long CurrentSize = 0,
    uint Progress = 0,
    string ErrorSourceType = "",
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default,
    uint RetryCount = 0) : ITopic<BlobStatus>, IErrorStatus<BlobStatus>
{
    public string Key => Sha256;
    public static JsonTypeInfo<BlobStatus> Json => EveJson.BlobStatus;

    public BlobStatus With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };
}
