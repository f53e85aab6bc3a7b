using Eve.Platform;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Nodeagent;

/// <summary>Reboots the machine, or switches it off: only for a device that is the machine (root <c>/</c>). Hosts with another way register their own.</summary>
internal sealed partial class MachinePower(EvePaths paths, ICommands commands, ILoggerFactory logs) : IPower
{
    public async Task EndAsync(PowerAction action, CancellationToken cancellationToken)
    {
        if (!paths.IsMachine || action == PowerAction.Shutdown)
        {
            Log.NothingEnds(logs.CreateLogger(AgentNames.Nodeagent), action, paths.Root);
            return;
        }
        (await commands.RunAsync(action == PowerAction.Reboot ? "reboot" : "poweroff", [], cancellationToken: cancellationToken)).Check();
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Action} is due, but this device (root {Root}) has no host that ends it")]
        public static partial void NothingEnds(ILogger log, PowerAction action, string root);
    }
}
