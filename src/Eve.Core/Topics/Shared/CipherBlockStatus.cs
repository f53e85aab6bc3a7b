using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record CipherBlockStatus(
    string CipherBlockID = "",
    string CipherContextID = "",
    Bytes InitialValue = default,
    [property: JsonPropertyName("pubsub-large-CipherData")] Bytes CipherData = default,
    Bytes ClearTextHash = default,
    bool IsCipher = false,
    CipherContext? CipherContext = null,
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default) : ITopic<CipherBlockStatus>, IErrorStatus<CipherBlockStatus>
{
    public string Key => CipherBlockID;
    public static JsonTypeInfo<CipherBlockStatus> Json => EveJson.CipherBlockStatus;

    public CipherBlockStatus With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };
}
