using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record NodeAgentStatus(
    string Name = "",
    string CurPart = "",
    bool UpdateInprogress = false,
    GoDuration RemainingTestTime = default,
    bool DeviceReboot = false,
    bool DeviceShutdown = false,
    bool DevicePoweroff = false,
    bool AllDomainsHalted = false,
    string RebootReason = "",
    BootReason BootReason = default,
    string RebootStack = "",
    GoTime RebootTime = default,
    uint RestartCounter = 0,
    string RebootImage = "",
    bool LocalMaintenanceMode = false,
    ValueList<MaintenanceModeReason> LocalMaintenanceModeReasons = default,
    bool HVTypeKube = false,
    bool WaitDrainInProgress = false) : ITopic<NodeAgentStatus>
{
    public string Key => Name;
    public static JsonTypeInfo<NodeAgentStatus> Json => EveJson.NodeAgentStatus;
}
