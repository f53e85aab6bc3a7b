using Eve.Topics;
using Wire = Eve.Api.Info;

namespace Eve.Agents.Zedagent.Reporting;

/// <summary>EVE's states as the controller knows them (reports.md 0.1).</summary>
internal static class States
{
    /// <summary>The state on the way of content, a volume or an app. What the controller does not know is "invalid".</summary>
    public static Wire.ZSwState Of(SwState state) => state switch
    {
        SwState.Initial => Wire.ZSwState.Initial,
        SwState.ResolvingTag => Wire.ZSwState.ResolvingTag,
        SwState.ResolvedTag => Wire.ZSwState.ResolvedTag,
        SwState.Downloading => Wire.ZSwState.DownloadStarted,
        SwState.Downloaded => Wire.ZSwState.Downloaded,
        SwState.Verifying => Wire.ZSwState.Verifying,
        SwState.Verified => Wire.ZSwState.Verified,
        SwState.Loading => Wire.ZSwState.Loading,
        SwState.Loaded => Wire.ZSwState.Delivered,
        SwState.CreatingVolume => Wire.ZSwState.CreatingVolume,
        SwState.CreatedVolume => Wire.ZSwState.CreatedVolume,
        SwState.Installed or SwState.Paused => Wire.ZSwState.Installed,
        SwState.AwaitNetworkInstance => Wire.ZSwState.Awaitnetworkinstance,
        SwState.StartDelayed => Wire.ZSwState.StartDelayed,
        SwState.Booting => Wire.ZSwState.Booting,
        SwState.Running or SwState.Pausing or SwState.Unknown => Wire.ZSwState.Running,
        SwState.Halting or SwState.Broken => Wire.ZSwState.Halting,
        SwState.Halted => Wire.ZSwState.Halted,
        SwState.Pending => Wire.ZSwState.Pending,
        SwState.Scheduling => Wire.ZSwState.Scheduling,
        SwState.Failed => Wire.ZSwState.Error,
        SwState.RemoteLoaded => Wire.ZSwState.Loaded,
        _ => Wire.ZSwState.Invalid,
    };

    /// <summary>The state of a network instance.</summary>
    public static Wire.ZNetworkInstanceState Of(NetworkInstanceStatus status) => status switch
    {
        { ErrorTime.IsZero: false } => Wire.ZNetworkInstanceState.ZnetinstStateError,
        { ChangeInProgress: not ChangeInProgressType.None } => Wire.ZNetworkInstanceState.ZnetinstStateInit,
        { Activated: true } => Wire.ZNetworkInstanceState.ZnetinstStateOnline,
        _ => Wire.ZNetworkInstanceState.ZnetinstStateUnspecified,
    };
}
