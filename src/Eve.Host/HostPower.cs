using Eve.Platform;

namespace Eve.Host;

/// <summary>
/// Ends zedbox in nodeagent's name. A device that is the machine itself (root <c>/</c>) reboots it or switches it off; any other one only ends its process:
/// with exit code 75 when it wants to be started again, else with 0.
/// </summary>
internal sealed class HostPower(EvePaths paths, ICommands commands) : IPower
{
    public const int RebootExitCode = 75;

    readonly TaskCompletionSource<PowerAction> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when nodeagent has ended the device.</summary>
    public Task<PowerAction> Ended => _ended.Task;

    /// <inheritdoc />
    public async Task EndAsync(PowerAction action, CancellationToken cancellationToken)
    {
        if (paths.IsMachine && action != PowerAction.Shutdown)
            (await commands.RunAsync(action == PowerAction.Reboot ? "reboot" : "poweroff", [], cancellationToken: cancellationToken)).Check();
        _ended.TrySetResult(action);
    }
}
