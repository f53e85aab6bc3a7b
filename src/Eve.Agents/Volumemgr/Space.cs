using Eve.Topics;

namespace Eve.Agents.Volumemgr;

/// <summary>How much of /persist is promised to content and volumes, and what is left (applications.md 5.4).</summary>
internal static class Space
{
    const ulong MiB = 1 << 20;

    /// <summary>What is left for new content and volumes; null while the disk has not been looked at.</summary>
    /// <param name="reserved">What content and volumes may come to take: <see cref="Of(BlobStatus)"/>, <see cref="Of(VolumeStatus, VolumeConfig)"/>.</param>
    public static ulong? Remaining(DiskReport? disk, ConfigView config, ulong reserved)
    {
        if (disk is null)
            return null;
        var kept = Kept(disk, config);
        var left = disk.Total > kept ? disk.Total - kept : 0;
        // Another program may have taken what the sum says is there.
        return Math.Min(left > reserved ? left - reserved : 0, disk.Free);
    }

    /// <summary>The space to publish. 0 sends the device into maintenance, so it is said only of a disk that is really full: one too small for the reserves is not.</summary>
    public static ulong Published(DiskReport disk, ulong remaining) => remaining == 0 && disk.Free > disk.Total / 100 ? 1 : remaining;

    /// <summary>What the device keeps for itself: its logs and what it has used so far, or a share of the disk for what it may come to use.</summary>
    public static ulong Kept(DiskReport disk, ConfigView config)
    {
        ulong most = config.Get(ConfigItems.StorageDeviceMaxBytes);
        var share = disk.Total / 100 * config.Get(ConfigItems.StorageDeviceMinPercent);
        var used = disk.Used > disk.UsedByApps ? disk.Used - disk.UsedByApps : 0;
        return config.Get(ConfigItems.LogMaxMegabytes) * MiB + (most < used ? used : Math.Min(most, share));
    }

    public static ulong Of(BlobStatus blob) => blob.State >= SwState.Loaded || blob.HasDownloaderRef || blob.HasVerifierRef ? blob.Size : 0;

    public static ulong Of(VolumeStatus volume, VolumeConfig? config) => volume.State < SwState.CreatingVolume ? 0
        : volume.ReadOnly || config is { HasNoAppReferences: true } || volume.MaxVolSize == 0 ? (ulong)volume.CurrentSize
        : volume.MaxVolSize;

    public static Fault Short(string what, ulong needed, ulong remaining, ErrorEntity entity) => new(
        nameof(DiskMetric), $"{what} needs {needed} bytes. Remaining disk space: {remaining} bytes. Remove volumes or content, or give it a smaller maximum size.",
        Retry: "It goes on when more disk space is there.", Entities: [entity]);
}
