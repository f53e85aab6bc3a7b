using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record VaultStatus(
    string Name = "",
    DataSecAtRestStatus Status = default,
    PCRStatus PCRStatus = default,
    bool ConversionComplete = false,
    ValueList<int> MismatchingPCRs = default,
    VaultUnlockMethod UnlockMethod = default,
    VaultTrimStatus? TrimStatus = null,
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default) : ITopic<VaultStatus>, IErrorStatus<VaultStatus>
{
    public VaultTrimStatus TrimStatus { get; init; } = TrimStatus ?? new();

    public string Key => Name;
    public static JsonTypeInfo<VaultStatus> Json => EveJson.VaultStatus;

    public VaultStatus With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };
}

public sealed record VaultTrimStatus(GoTime LastStartTime = default, GoTime LastEndTime = default, string LastError = "");

public enum VaultUnlockMethod : byte
{
    None = 0,
    TpmLocalSealed = 1,
    ControllerKey = 2,
    NoTpm = 3,
    Recreated = 4,
}
