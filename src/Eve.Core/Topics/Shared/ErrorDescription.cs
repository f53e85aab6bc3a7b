namespace Eve.Topics;

public sealed record ErrorDescription(
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default) : IErrorStatus
{
    /// <summary>No error.</summary>
    public static ErrorDescription None { get; } = new();
}

public sealed record ErrorEntity(ErrorEntityType EntityType = default, string EntityID = "");

public enum ErrorSeverity
{
    Unspecified = 0,
    Notice = 1,
    Warning = 2,
    Error = 3,
}

public enum ErrorEntityType
{
    Unspecified = 0,
    BaseOs = 1,
    SystemAdapter = 2,
    Vault = 3,
    Attestation = 4,
    AppInstance = 5,
    Port = 6,
    Network = 7,
    NetworkInstance = 8,
    ContentTree = 9,
    ContentBlob = 10,
    Volume = 11,
}
