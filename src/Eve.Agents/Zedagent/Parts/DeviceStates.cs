using Eve.Topics;

namespace Eve.Agents.Zedagent.Parts;

/// <summary>The state of the whole device, as the controller and other agents are told (controller.md 2.5, 2.7).</summary>
internal static class DeviceStates
{
    /// <summary>Whether the device is in maintenance mode, and why. The item goes before all else.</summary>
    public static ValueList<MaintenanceModeReason> Maintenance(TriState item, bool asked, NodeAgentStatus? node) => item switch
    {
        TriState.Enabled => [MaintenanceModeReason.UserRequested],
        TriState.Disabled => [],
        _ => [.. (node is { LocalMaintenanceMode: true } ? node.LocalMaintenanceModeReasons : []).Concat(asked ? [MaintenanceModeReason.UserRequested] : []).Distinct()],
    };

    /// <summary>The one state that says most.</summary>
    public static DeviceState Of(bool maintenance, bool reboot, bool shutdown, bool applied, NodeAgentStatus? node) => node switch
    {
        _ when maintenance => DeviceState.MaintenanceMode,
        _ when reboot => DeviceState.Rebooting,
        { DeviceReboot: true } => DeviceState.Rebooting,
        { DeviceShutdown: true, AllDomainsHalted: true } => DeviceState.PreparedPoweroff,
        { DevicePoweroff: true } => DeviceState.PoweringOff,
        { DeviceShutdown: true } => DeviceState.PreparingPoweroff,
        _ when shutdown => DeviceState.PreparingPoweroff,
        _ => applied ? DeviceState.Online : DeviceState.Booting,
    };
}
