using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record DatastoreConfig(
    Guid UUID = default,
    string DsType = "",
    string Fqdn = "",
    string ApiKey = "",
    string Password = "",
    string Dpath = "",
    string Region = "",
    ValueList<Bytes> DsCertPEM = default,
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
    ValueList<ErrorEntity> ErrorEntities = default) : ITopic<DatastoreConfig>, IErrorStatus<DatastoreConfig>
{
    public string Key => UUID.ToString();
    public static JsonTypeInfo<DatastoreConfig> Json => EveJson.DatastoreConfig;

    public DatastoreConfig With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };

    public CipherBlockStatus ToCipherBlockStatus() => new(
        CipherBlockID, CipherContextID, InitialValue, CipherData, ClearTextHash, IsCipher, CipherContext, Error, ErrorTime, ErrorSeverity,
        ErrorRetryCondition, ErrorEntities);

    public DatastoreConfig With(CipherBlockStatus part) => this with
    {
        CipherBlockID = part.CipherBlockID, CipherContextID = part.CipherContextID, InitialValue = part.InitialValue, CipherData = part.CipherData,
        ClearTextHash = part.ClearTextHash, IsCipher = part.IsCipher, CipherContext = part.CipherContext, Error = part.Error,
        ErrorTime = part.ErrorTime, ErrorSeverity = part.ErrorSeverity, ErrorRetryCondition = part.ErrorRetryCondition,
        ErrorEntities = part.ErrorEntities,
    };
}
