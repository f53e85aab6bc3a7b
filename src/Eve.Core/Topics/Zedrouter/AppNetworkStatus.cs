using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record AppNetworkStatus(
    UUIDandVersion? UUIDandVersion = null,
    int AppNum = 0,
    bool Activated = false,
    bool PendingAdd = false,
    bool PendingModify = false,
    bool PendingDelete = false,
    bool ConfigInSync = false,
    string DisplayName = "",
    AppPod? AppPod = null,
    string GetStatsIPAddr = "",
    AppRuntimeType DeploymentType = default,
    ValueList<AppNetAdapterStatus> AppNetAdapterList = default,
    bool AwaitNetworkInstance = false,
    int MACGenerator = 0,
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default) : ITopic<AppNetworkStatus>, IErrorStatus<AppNetworkStatus>
{
    public UUIDandVersion UUIDandVersion { get; init; } = UUIDandVersion ?? new();
    public AppPod AppPod { get; init; } = AppPod ?? new();

    public string Key => UUIDandVersion.UUID.ToString();
    public static JsonTypeInfo<AppNetworkStatus> Json => EveJson.AppNetworkStatus;

    public AppNetworkStatus With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };
}

public sealed record AppPod(string Name = "", string NetNsPath = "");
