using Eve.Topics;
using Wire = Eve.Api.Info;

namespace Eve.Agents.Zedagent.Reporting;

/// <summary>The versions of EVE on the device, the running one first (reports.md 1.3, controller.md 2.5).</summary>
internal static class Software
{
    public static IEnumerable<Wire.ZInfoDevSW> Of(
        IReadOnlyList<ZbootStatus> partitions, IReadOnlyList<BaseOsStatus> baseOses, IReadOnlyList<ContentTreeStatus> contents, NodeAgentStatus? node)
    {
        foreach (var partition in partitions.OrderByDescending(p => p.CurrentPartition).ThenBy(p => p.PartitionLabel, StringComparer.Ordinal))
        {
            var baseOs = baseOses.FirstOrDefault(b => b.PartitionLabel == partition.PartitionLabel);
            yield return baseOs is null ? Of(partition) : WithUserStatus(Of(baseOs, Content(baseOs, contents)), baseOs, node);
        }
        foreach (var baseOs in baseOses.Where(b => b.PartitionLabel.Length == 0).OrderBy(b => b.Key, StringComparer.Ordinal))
        {
            if (Content(baseOs, contents) is { } content)
                yield return WithUserStatus(Of(baseOs, content), baseOs, node);
        }
    }

    static ContentTreeStatus? Content(BaseOsStatus baseOs, IReadOnlyList<ContentTreeStatus> contents) =>
        contents.FirstOrDefault(c => c.Key == baseOs.ContentTreeUUID);

    static Wire.ZInfoDevSW Of(ZbootStatus partition)
    {
        var known = partition.ShortVersion.Length > 0;
        return new()
        {
            Activated = partition.CurrentPartition,
            PartitionLabel = partition.PartitionLabel,
            PartitionDevice = partition.PartitionDevname,
            PartitionState = partition.PartitionState,
            Status = known ? Wire.ZSwState.Installed : Wire.ZSwState.Initial,
            ShortVersion = partition.ShortVersion,
            LongVersion = partition.LongVersion,
            DownloadProgress = known ? 100u : 0,
            UserStatus = known && partition is { CurrentPartition: true, PartitionState: "active" } ? Wire.BaseOsStatus.Updated : Wire.BaseOsStatus.None,
        };
    }

    static Wire.ZInfoDevSW Of(BaseOsStatus baseOs, ContentTreeStatus? content)
    {
        var known = baseOs.BaseOsVersion.Length > 0;
        return new()
        {
            Activated = baseOs.Activated,
            PartitionLabel = baseOs.PartitionLabel,
            PartitionDevice = baseOs.PartitionDevice,
            PartitionState = baseOs.PartitionState,
            Status = known ? States.Of(baseOs.State) : Wire.ZSwState.Initial,
            ShortVersion = baseOs.BaseOsVersion,
            DownloadProgress = known ? content?.Progress ?? 0 : 0,
            SwErr = Errors.Of(baseOs),
        };
    }

    static Wire.ZInfoDevSW WithUserStatus(Wire.ZInfoDevSW software, BaseOsStatus baseOs, NodeAgentStatus? node)
    {
        (software.UserStatus, software.SubStatus, software.SubStatusProgress) = software.SwErr is { Description.Length: > 0 }
            ? (Wire.BaseOsStatus.Failed, default, 0)
            : UserStatus(software, baseOs.TooEarly, node?.RemainingTestTime.ToTimeSpan() ?? default);
        return software;
    }

    static (Wire.BaseOsStatus, Wire.BaseOsSubStatus, uint) UserStatus(Wire.ZInfoDevSW software, bool tooEarly, TimeSpan testTime) => software.Status switch
    {
        Wire.ZSwState.DownloadStarted => (Wire.BaseOsStatus.Downloading, Wire.BaseOsSubStatus.DownloadInprogress, software.DownloadProgress),
        Wire.ZSwState.Downloaded when software.Activated => (Wire.BaseOsStatus.Downloading, Wire.BaseOsSubStatus.DownloadInprogress, 100),
        Wire.ZSwState.Delivered when software.Activated => (Wire.BaseOsStatus.DownloadDone, default, 0),
        Wire.ZSwState.Delivered when tooEarly => (Wire.BaseOsStatus.Updating, Wire.BaseOsSubStatus.UpdateDeferred, 0),
        Wire.ZSwState.Initial when software.ShortVersion.Length > 0 => (Wire.BaseOsStatus.Updating, Wire.BaseOsSubStatus.UpdateInitializing, 0),
        Wire.ZSwState.Installed => (software.PartitionState, software.Activated) switch
        {
            ("active", true) => (Wire.BaseOsStatus.Updated, default, 0),
            ("active", false) => (Wire.BaseOsStatus.Fallback, default, 0),
            ("updating", _) => (Wire.BaseOsStatus.Updating, Wire.BaseOsSubStatus.UpdateRebooting, 0),
            ("inprogress", true) => (Wire.BaseOsStatus.Updating, Wire.BaseOsSubStatus.UpdateTesting, (uint)Math.Max(0, testTime.TotalSeconds)),
            ("inprogress", false) => (Wire.BaseOsStatus.Failed, default, 0),
            _ => default,
        },
        _ => default,
    };
}
