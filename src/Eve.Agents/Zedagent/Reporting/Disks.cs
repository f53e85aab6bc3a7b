using Eve.Topics;
using Metrics = Eve.Api.Metrics;
using Wire = Eve.Api.Info;

namespace Eve.Agents.Zedagent.Reporting;

/// <summary>Disks and folders: what they are, and how full (reports.md 1.2, 6.1).</summary>
internal static class Disks
{
    const string Persist = "/persist";

    // What belongs to the apps, of all that volumemgr measures below /persist.
    static readonly string[] s_appFolders =
    [
        "/persist/vault/volumes", "/persist/clear/volumes", "/persist/vault/downloader", "/persist/vault/verifier",
        "/persist/vault/containerd", "/persist/snapshots", "/persist/patchEnvelopesCache", "/persist/patchEnvelopesUsageCache",
    ];

    public static Wire.ZInfoStorage Of(DiskMetric disk) => new()
    {
        Device = disk.IsDir ? "" : disk.DiskPath,
        MountPath = disk.IsDir ? disk.DiskPath : "",
        Total = Units.MiB(disk.TotalBytes),
        StorageLocation = disk.DiskPath == Persist,
        PartitionLabel = disk.PartitionLabel,
        PartitionTypeGuid = disk.PartitionType,
        PartitionUuid = disk.PartitionUUID,
    };

    /// <summary>The sizes are MiB, whatever the fields are called.</summary>
    public static Metrics.diskMetric Use(DiskMetric disk) => new()
    {
        Disk = disk.IsDir ? "" : disk.DiskPath,
        MountPath = disk.IsDir ? disk.DiskPath : "",
        ReadBytes = Units.MiB(disk.ReadBytes),
        WriteBytes = Units.MiB(disk.WriteBytes),
        ReadCount = disk.ReadCount,
        WriteCount = disk.WriteCount,
        Total = Units.MiB(disk.TotalBytes),
        Used = Units.MiB(disk.UsedBytes),
        Free = Units.MiB(disk.FreeBytes),
    };

    /// <summary>How much of /persist the apps take, and the device itself; MiB.</summary>
    public static (ulong Apps, ulong Device) Shares(IReadOnlyList<DiskMetric> disks)
    {
        var used = disks.FirstOrDefault(d => d.DiskPath == Persist)?.UsedBytes ?? 0;
        var apps = disks.Where(d => s_appFolders.Contains(d.DiskPath)).Aggregate(0UL, (sum, d) => sum + d.UsedBytes);
        return (Units.MiBUp(apps), Units.MiBUp(Units.Less(used, apps)));
    }
}
