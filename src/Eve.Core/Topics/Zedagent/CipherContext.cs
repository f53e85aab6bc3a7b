using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record CipherContext(
    string ContextID = "",
    CertHashAlgorithm HashScheme = default,
    KeyExchangeScheme KeyExchangeScheme = default,
    EncryptionScheme EncryptionScheme = default,
    Bytes ControllerCertHash = default,
    Bytes DeviceCertHash = default,
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default) : ITopic<CipherContext>, IErrorStatus<CipherContext>
{
    public string Key => ContextID;
    public static JsonTypeInfo<CipherContext> Json => EveJson.CipherContext;

    public CipherContext With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };
}

public enum EncryptionScheme
{
    None = 0,
    Aes256Cfb = 1,
}

public enum KeyExchangeScheme
{
    None = 0,
    Ecdh = 1,
}
