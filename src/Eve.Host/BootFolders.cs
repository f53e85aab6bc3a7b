using Eve.Platform;

namespace Eve.Host;

/// <summary>The first boot step: the folders that a device needs, and whether this is its first boot (walk-device.md 1, step 1).</summary>
internal static class BootFolders
{
    /// <summary>Makes the folders, clears what must not outlive a boot, and marks a first boot for nodeagent.</summary>
    /// <exception cref="EveException">The root cannot be written to.</exception>
    public static void Prepare(EvePaths paths)
    {
        try
        {
            var first = IsFirstBoot(paths);
            foreach (var folder in Folders(paths))
                DurableFile.MakeFolder(folder);
            foreach (var folder in new[] { paths.Config, paths.Persist, paths.Certs, paths.Status, paths.Checkpoint })
                MachineFiles.Instance.Sweep(folder);
            var large = Path.Combine(paths.Persist, "pubsub-large");
            if (Directory.Exists(large))
                Directory.Delete(large, recursive: true);
            if (first)
                File.Create(Path.Combine(paths.Run, "global", "first-boot")).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EveException($"The device cannot write below {paths.Root}: {exception.Message} Give it a folder that it may write to, by --root.", exception);
        }
    }

    // An installer leaves its marker; else a device without certificates has never booted.
    static bool IsFirstBoot(EvePaths paths)
    {
        var marker = Path.Combine(paths.Persist, "installer", "first-boot");
        if (!File.Exists(marker))
            return !Directory.Exists(paths.Certs);
        File.Move(marker, Path.Combine(paths.Persist, "installer", "send-require"), overwrite: true);
        return true;
    }

    static IEnumerable<string> Folders(EvePaths paths) =>
    [
        paths.Config, paths.Certs, paths.Status, paths.Checkpoint, Path.Combine(paths.Persist, "log"), paths.Newlog,
        Path.Combine(paths.Status, AgentNames.Zedclient, "OnboardingStatus"), Path.Combine(paths.Run, "global", "DevicePortConfig"),
        Path.Combine(paths.Run, "watchdog", "pid"), Path.Combine(paths.Run, "watchdog", "file"),
    ];
}
