using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record ENClusterAppStatus(
    Guid AppUUID = default,
    bool IsDNidNode = false,
    bool ScheduledOnThisNode = false,
    AppKubeStatus AppKubeStatus = default,
    bool AppIsVMI = false,
    string VMIName = "",
    uint VNCPort = 0) : ITopic<ENClusterAppStatus>
{
    public string Key => AppUUID.ToString();
    public static JsonTypeInfo<ENClusterAppStatus> Json => EveJson.ENClusterAppStatus;
}

public enum AppKubeStatus : byte
{
    Unknown = 0,
    ApiUnreachable = 1,
    NotInCluster = 2,
    NotRunningState = 3,
    RunningState = 4,
}
