using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record KubeClusterUpdateStatus(
    string CurrentNode = "",
    KubeComp Component = default,
    KubeCompUpdateStatus Status = default,
    uint DestinationKubeUpdateVersion = 0,
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default) : ITopic<KubeClusterUpdateStatus>, IErrorStatus<KubeClusterUpdateStatus>
{
    public string Key => "global";
    public static JsonTypeInfo<KubeClusterUpdateStatus> Json => EveJson.KubeClusterUpdateStatus;

    public KubeClusterUpdateStatus With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };
}

public enum KubeComp : byte
{
    Unknown = 0,
    Containerd = 1,
    K3s = 2,
    Multus = 3,
    Kubevirt = 4,
    Cdi = 5,
    Longhorn = 6,
}

public enum KubeCompUpdateStatus : byte
{
    Unknown = 0,
    Download = 1,
    DownloadFailed = 2,
    InProgress = 3,
    Failed = 4,
    Completed = 5,
}
