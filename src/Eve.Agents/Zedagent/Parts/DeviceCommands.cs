using System.Text.Json;
using Eve.Agents.Zedagent.ConfigParsing;
using Eve.Agents.Zedagent.Private;
using Wire = Eve.Api.Config;

namespace Eve.Agents.Zedagent.Parts;

/// <summary>The controller's reboot and shutdown commands: each acts once, also over a restart in between.</summary>
internal sealed class DeviceCommands(IConfigFiles files)
{
    /// <summary>A reboot is asked for; the device does not come back to a configuration before it has happened.</summary>
    public bool Reboot { get; private set; }

    /// <summary>The apps are to be shut down, and to stay so.</summary>
    public bool Shutdown { get; private set; }

    public uint RebootCounter { get; private set; }
    public uint ShutdownCounter { get; private set; }

    /// <summary>Reads the commands of a configuration that came from the controller.</summary>
    /// <exception cref="IOException">A command could not be remembered: it is not obeyed, or it would be for ever.</exception>
    public void Take(Wire.EdgeDevConfig config)
    {
        (Reboot, RebootCounter) = Take(config.Reboot, ConfigFile.RebootCommand, Reboot);
        (Shutdown, ShutdownCounter) = Take(config.Shutdown, ConfigFile.ShutdownCommand, Shutdown);
    }

    (bool Asked, uint Counter) Take(Wire.DeviceOpsCmd? command, ConfigFile file, bool asked)
    {
        var stored = Read(file);
        var verdict = OpsCommands.Judge(command, stored);
        if (verdict.Remember is null)
            files.Delete(file);
        else if (verdict.Remember != stored)
            files.Write(file, JsonSerializer.SerializeToUtf8Bytes(verdict.Remember, ZedagentJson.Default.StoredCommand));
        return (asked || verdict.Act, verdict.Remember?.Counter ?? 0);
    }

    // An unreadable file is none.
    StoredCommand? Read(ConfigFile file)
    {
        try
        {
            return files.Read(file) is { } json ? JsonSerializer.Deserialize(json, ZedagentJson.Default.StoredCommand) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
