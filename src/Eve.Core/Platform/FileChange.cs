namespace Eve.Platform;

/// <summary>What one file is to become: whole or not at all, also after a power cut (device-agents.md 1.3).</summary>
/// <param name="path">The file; its folder is made if need be.</param>
/// <param name="content">What it shall hold; null removes it, with its backup.</param>
/// <param name="keepBackup">The former content stays as FILE.bak.</param>
/// <param name="mode">Its rights; only its owner's if nothing is said.</param>
internal sealed class FileChange(string path, byte[]? content, bool keepBackup = false, UnixFileMode mode = FileChange.OwnerOnly)
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The temporary files that a killed process leaves behind start with this.</summary>
    public const string TemporaryPrefix = "tmp";

    const string BackupSuffix = ".bak";

    string? _temporary;

    bool HasContent => content is not null;

    public string Folder { get; } = Path.GetDirectoryName(path)!;

    /// <summary>Why it did not come to pass; null: it did.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Makes changes that share their syncs. Each goes its own way: what one has against it holds up no other.</summary>
    /// <remarks>
    /// In this order: the new contents beside their places, synced together; then the names, which the file system's journal keeps in order
    /// within a folder; then each folder is synced. Whatever is cut short leaves the old value, or the new one.
    /// </remarks>
    public static void Commit(IFiles files, IReadOnlyList<FileChange> changes)
    {
        foreach (var folder in changes.Where(c => c.HasContent).GroupBy(c => c.Folder))
            TryAll(files, folder, () => files.EnsureFolder(folder.Key));
        foreach (var change in changes.Where(c => c.HasContent))
            change.Try(files, () => change.WriteBeside(files));
        SyncContents(files, [.. changes.Where(c => c is { Failure: null, HasContent: true })]);
        foreach (var change in changes)
            change.Try(files, () => change.Place(files));
        foreach (var folder in changes.Where(c => c.Failure is null).GroupBy(c => c.Folder))
            TryAll(files, folder, () => SyncFolder(files, folder.Key));
    }

    void WriteBeside(IFiles files)
    {
        _temporary = Path.Combine(Folder, TemporaryPrefix + Guid.NewGuid().ToString("N"));
        files.Write(_temporary, content, mode);
    }

    static void SyncContents(IFiles files, FileChange[] written)
    {
        if (written is [var one])
            one.Try(files, () => files.Sync(one._temporary!));
        else if (written.Length > 1)
            TryAll(files, written, () => files.SyncFileSystem(written[0].Folder));
    }

    void Place(IFiles files)
    {
        if (_temporary is null)
        {
            files.Remove(path + BackupSuffix);      // first, so that no old content comes back
            files.Remove(path);
            return;
        }
        if (keepBackup)
            KeepBackup(files, _temporary + BackupSuffix);
        files.Rename(_temporary, path);
    }

    // A hard link saves the copy; where there are none (vfat), the content is copied.
    void KeepBackup(IFiles files, string beside)
    {
        if (!files.Link(path, beside))
        {
            if (files.Read(path) is not { } former)
                return;
            files.Write(beside, former, mode);
            files.Sync(beside);
        }
        files.Rename(beside, path + BackupSuffix);
        files.Remove(beside);       // renaming between two names of one file leaves both
    }

    static void SyncFolder(IFiles files, string folder)
    {
        if (files.Stamp(folder) is not null)    // where nothing was, nothing was removed
            files.Sync(folder);
    }

    void Try(IFiles files, Action step) => TryAll(files, Failure is null ? [this] : [], step);

    static void TryAll(IFiles files, IEnumerable<FileChange> changes, Action step)
    {
        var all = changes.ToList();
        if (all.Count == 0)
            return;
        try
        {
            step();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            foreach (var change in all)
                change.Fail(files, exception);
        }
    }

    // What lies beside its place is of no use any more; if it cannot be removed either, the next start does it.
    void Fail(IFiles files, Exception failure)
    {
        Failure = failure;
        if (_temporary is null)
            return;
        try
        {
            files.Remove(_temporary + BackupSuffix);
            files.Remove(_temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}
