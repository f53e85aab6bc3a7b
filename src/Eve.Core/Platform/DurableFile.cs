namespace Eve.Platform;

/// <summary>Files that are there whole or not at all, also after a power cut (device-agents.md 1.3).</summary>
internal static class DurableFile
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    const UnixFileMode OwnerFolder = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>The temporary files that a killed process leaves behind start with this.</summary>
    public const string TemporaryPrefix = "tmp";

    /// <summary>Writes a file beside its place, syncs it, and moves it there; its folder is made if need be.</summary>
    /// <param name="keepBackup">The former content stays as FILE.bak.</param>
    public static void Write(string path, ReadOnlySpan<byte> content, bool keepBackup = false, UnixFileMode mode = OwnerOnly)
    {
        var folder = Path.GetDirectoryName(path)!;
        MakeFolder(folder);
        var temporary = Path.Combine(folder, TemporaryPrefix + Guid.NewGuid().ToString("N"));
        try
        {
            using (var file = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode, BufferSize = 0 }))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
            if (keepBackup && File.Exists(path))
                KeepBackup(path, temporary + ".bak");
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
        Libc.SyncFolder(folder);
    }

    /// <summary>Deletes a file, its backup first, so that no old content comes back.</summary>
    public static void Delete(string path)
    {
        if (File.Exists(path + ".bak"))     // a long name has none
            File.Delete(path + ".bak");
        File.Delete(path);
        if (Path.GetDirectoryName(path) is { } folder && Directory.Exists(folder))
            Libc.SyncFolder(folder);
    }

    /// <summary>Removes what writes into a folder left behind when a kill cut them short; only while nobody writes there.</summary>
    public static void Sweep(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var file in Directory.GetFiles(folder, TemporaryPrefix + "*").Where(f => IsTemporary(Path.GetFileName(f))))
            File.Delete(file);
    }

    static bool IsTemporary(string name) => name.Length >= TemporaryPrefix.Length + 32 && Guid.TryParseExact(name.AsSpan(TemporaryPrefix.Length, 32), "N", out _);

    /// <summary>Makes a folder that only its owner may enter, as EVE has them.</summary>
    public static void MakeFolder(string folder)
    {
        if (!Directory.Exists(folder))
            Directory.CreateDirectory(folder, OwnerFolder);
    }

    // A hard link saves the copy; where there are none (vfat), the content is copied.
    static void KeepBackup(string path, string temporary)
    {
        if (!Libc.Link(path, temporary))
            File.Copy(path, temporary);
        File.Move(temporary, path + ".bak", overwrite: true);
    }
}
