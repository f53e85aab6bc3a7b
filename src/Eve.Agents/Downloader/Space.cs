namespace Eve.Agents.Downloader;

/// <summary>Room on the disk.</summary>
internal sealed class Space
{
    /// <exception cref="EveException">There is less than needed.</exception>
    public static void Check(string folder, long needed)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (needed > free)
            throw new EveException($"{needed} bytes are needed below {folder}, {free} are free: delete applications or volumes, or give the device a larger disk.");
    }
}
