using Eve.Platform;
using Eve.Topics;

namespace Eve.Agents.Volumemgr;

/// <summary>File systems by statvfs, folders by the sizes of their files (reports.md 1.2). Single disks and partitions are not built yet.</summary>
public sealed class DiskUsage(EvePaths paths) : IDiskUsage
{
    static readonly string[] FileSystems = ["", "config", "persist"];
    static readonly string[] Folders = ["config", "status", "certs", "vault", "clear", "newlog", "checkpoint", "log", "tmp"];
    static readonly string[] AppFolders = ["vault/volumes", "clear/volumes", "vault/content", "vault/downloader", "vault/verifier", "snapshots"];
    static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <inheritdoc />
    public Task<DiskReport?> ScanAsync(CancellationToken cancellationToken)
    {
        try
        {
            List<DiskMetric> metrics = [.. FileSystems.Where(f => Directory.Exists(paths.Under(f))).Select(FileSystem)];
            List<DiskMetric> folders = [.. Folders.Concat(AppFolders).Where(f => Directory.Exists(Real(f))).Select(f => Folder(f, cancellationToken))];
            var persist = metrics.FirstOrDefault(m => m.DiskPath == "/persist") ?? FileSystem("persist");
            var apps = folders.Where(f => AppFolders.Append("newlog").Any(a => f.DiskPath == "/persist/" + a)).Aggregate(0UL, (sum, f) => sum + f.UsedBytes);
            return Task.FromResult<DiskReport?>(new(persist.TotalBytes, persist.UsedBytes, persist.FreeBytes, apps, [.. metrics, .. folders]));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult<DiskReport?>(null);
        }
    }

    DiskMetric FileSystem(string name)
    {
        var drive = new DriveInfo(paths.Under(name));
        return new("/" + name, TotalBytes: (ulong)drive.TotalSize, UsedBytes: (ulong)(drive.TotalSize - drive.TotalFreeSpace), FreeBytes: (ulong)drive.AvailableFreeSpace, IsDir: true);
    }

    // A sparse disk image counts what it takes, not what it may come to take.
    DiskMetric Folder(string name, CancellationToken cancellationToken)
    {
        ulong used = 0;
        foreach (var path in Directory.EnumerateFiles(Real(name), "*", All))
        {
            cancellationToken.ThrowIfCancellationRequested();
            used += Size(path);
        }
        return new("/persist/" + name, UsedBytes: used, IsDir: true);
    }

    static ulong Size(string path)
    {
        try
        {
            return Math.Min((ulong)new FileInfo(path).Length, Libc.Allocated(path));
        }
        catch (IOException)
        {
            return 0;       // it went meanwhile
        }
    }

    string Real(string folder) => Path.Combine(paths.Persist, folder);
}
