using Eve.Topics;
using Wire = Eve.Api.Info;

namespace Eve.Agents.Zedagent.Reporting;

/// <summary>A volume as the controller is told of it (reports.md 4).</summary>
internal static class VolumeReport
{
    /// <param name="status">The volume.</param>
    /// <param name="disk">What it takes on the disk; null while nobody knows.</param>
    public static Wire.ZInfoMsg Of(VolumeStatus status, AppDiskMetric? disk) => new()
    {
        Ztype = Wire.ZInfoTypes.ZiVolume,
        Vinfo = new()
        {
            Uuid = status.VolumeID.ToString(),
            DisplayName = status.DisplayName,
            State = States.Of(status.State),
            VolumeErr = Errors.Of(status),
            Resources = disk is null || status.FileLocation.Length == 0 ? null : new() { CurSizeBytes = disk.UsedBytes, MaxSizeBytes = disk.ProvisionedBytes },
            Usage = new()
            {
                RefCount = status.RefCount,
                CreateTime = Units.Time(status.CreateTime),
                LastRefcountChangeTime = Units.Time(status.LastRefCountChangeTime),
            },
            ProgressPercentage = status.Progress,
            GenerationCount = status.GenerationCounter,
        },
    };

    /// <summary>A purge has two volumes under one UUID for a while: the one to come is reported.</summary>
    public static IEnumerable<VolumeStatus> Newest(IEnumerable<VolumeStatus> volumes) =>
        volumes.GroupBy(v => v.VolumeID).Select(g => g.MaxBy(v => v.GenerationCounter + v.LocalGenerationCounter)!);
}
