using Eve.Topics;

namespace Eve.Agents.Volumemgr;

/// <summary>How full /persist is, in bytes, and the reports of the disks and folders.</summary>
/// <param name="UsedByApps">By content, volumes and logs, which have reserves of their own.</param>
/// <param name="Free">What a program may still write.</param>
public sealed record DiskReport(ulong Total, ulong Used, ulong Free, ulong UsedByApps, ValueList<DiskMetric> Metrics = default);

/// <summary>Looks at the disks.</summary>
public interface IDiskUsage
{
    /// <summary>Reads the sizes of all files below /persist: seconds on a full disk.</summary>
    /// <returns>Null if the file system cannot be asked.</returns>
    Task<DiskReport?> ScanAsync(CancellationToken cancellationToken);
}
