using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record ContentTreeStatus(
    Guid ContentID = default,
    ValueList<Guid> DatastoreIDList = default,
    ValueList<string> DatastoreTypesList = default,
    bool AllDatastoresResolved = false,
    bool IsOCIRegistry = false,
    string RelativeURL = "",
    ImageFormat Format = default,
    string ContentSha256 = "",
    ulong MaxDownloadSize = 0,
    long GenerationCounter = 0,
    string DisplayName = "",
    bool HasResolverRef = false,
    SwState State = default,
    GoTime CreateTime = default,
    long TotalSize = 0,
    long CurrentSize = 0,
    uint Progress = 0,
    string FileLocation = "",
    bool NameIsURL = false,
    ValueList<string> Blobs = default,
    bool HVTypeKube = false,
    bool IsLocal = false,
    string ErrorSourceType = "",
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default) : ITopic<ContentTreeStatus>, IErrorStatus<ContentTreeStatus>
{
    public string Key => ContentID.ToString();
    public static JsonTypeInfo<ContentTreeStatus> Json => EveJson.ContentTreeStatus;

    public ContentTreeStatus With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };
}
