using Eve.Agents.Shared;
using Eve.Platform;

namespace Eve.Agents.Zedagent;

/// <summary>A file that zedagent keeps, or is given.</summary>
public enum ConfigFile
{
    /// <summary>The configuration in force: the signed envelope as it came.</summary>
    LastConfig,

    /// <summary>The last one that has proven itself.</summary>
    LastConfigBackup,

    /// <summary>The counter of the last reboot command.</summary>
    RebootCommand,

    /// <summary>The counter of the last shutdown command.</summary>
    ShutdownCommand,

    /// <summary>Configuration items that came with the installation.</summary>
    GlobalJson,

    /// <summary>Who may log in on a device that has not been configured yet.</summary>
    AuthorizedKeys,

    /// <summary>A configuration that came with the installation.</summary>
    Bootstrap,
}

/// <summary>The files around the configuration.</summary>
public interface IConfigFiles
{
    /// <summary>A file's content; null if there is none. A file that cannot be read is none.</summary>
    byte[]? Read(ConfigFile file);

    /// <summary>Writes a file so that it is there whole or not at all.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    void Write(ConfigFile file, ReadOnlySpan<byte> content);

    /// <summary>Deletes a file; one that is missing is no error.</summary>
    void Delete(ConfigFile file);

    /// <summary>What was signed in an envelope of the controller's; null, with the reason, if it is not to be believed.</summary>
    byte[]? Open(ReadOnlySpan<byte> envelope, out string error);
}

/// <summary>The real ones, below the device's root.</summary>
internal sealed class ConfigFiles(EvePaths paths, IFiles files, ControllerCertStore certs) : IConfigFiles
{
    public byte[]? Read(ConfigFile file)
    {
        try
        {
            return files.Read(PathOf(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Write(ConfigFile file, ReadOnlySpan<byte> content) => files.Replace(PathOf(file), content);

    public void Delete(ConfigFile file) => files.Delete(PathOf(file));

    public byte[]? Open(ReadOnlySpan<byte> envelope, out string error)
    {
        var opened = AuthEnvelope.Open(envelope, certs.Signers());
        error = opened.Error;
        return opened.Status == SenderStatus.None ? opened.Payload : null;
    }

    string PathOf(ConfigFile file) => file switch
    {
        ConfigFile.LastConfig => Path.Combine(paths.Checkpoint, "lastconfig"),
        ConfigFile.LastConfigBackup => Path.Combine(paths.Checkpoint, "lastconfig.bak"),
        ConfigFile.RebootCommand => Path.Combine(paths.Status, "rebootConfig"),
        ConfigFile.ShutdownCommand => Path.Combine(paths.Status, "shutdownConfig"),
        ConfigFile.GlobalJson => Path.Combine(paths.Config, "GlobalConfig", "global.json"),
        ConfigFile.AuthorizedKeys => Path.Combine(paths.Config, "authorized_keys"),
        ConfigFile.Bootstrap => Path.Combine(paths.Config, "bootstrap-config.pb"),
        _ => throw new ArgumentOutOfRangeException(nameof(file), file, null),
    };
}
