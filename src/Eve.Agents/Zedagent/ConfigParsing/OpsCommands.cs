using Wire = Eve.Api.Config;

namespace Eve.Agents.Zedagent.ConfigParsing;

/// <summary>What the device remembers of the last reboot or shutdown command.</summary>
internal sealed record StoredCommand(uint Counter, bool DesiredState = false, string OpsTime = "");

/// <summary>What to do about a command: what to remember instead (null: forget), and whether to act on it now.</summary>
internal readonly record struct CommandVerdict(StoredCommand? Remember, bool Act);

/// <summary>reboot and shutdown: each counter acts once, and never at first sight (controller.md 2.6).</summary>
internal static class OpsCommands
{
    public static CommandVerdict Judge(Wire.DeviceOpsCmd? command, StoredCommand? stored)
    {
        if (command is null)
            return new(null, Act: false);
        var now = new StoredCommand(command.Counter, command.DesiredState, command.OpsTime);
        return new(now, Act: stored is not null && stored.Counter != now.Counter);
    }
}
