using Eve.Topics;

namespace Eve.Agents.Shared;

/// <summary>How far the device has come, as its light shows it (device-agents.md 4.1).</summary>
internal static class LedProgress
{
    /// <summary>What agents said, less what the network rules out.</summary>
    public static LedBlinkCount Of(DeviceNetworkStatus? network, LedBlinkCount progress) => network switch
    {
        { RadioSilence: { Imposed: true, ChangeInProgress: false } } => LedBlinkCount.RadioSilence,
        _ when UsableAddresses.Count(network) == 0 => LedBlinkCount.WaitingForIp,
        _ when progress < LedBlinkCount.ConnectingToController => LedBlinkCount.ConnectingToController,
        _ => progress,
    };
}
