using System.Runtime.ExceptionServices;

namespace Eve.Platform;

/// <summary>Single files that are there whole or not at all, also after a power cut.</summary>
internal static class DurableFile
{
    const UnixFileMode OwnerFolder = FileChange.OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>Puts a file in its place; it is safe when this returns.</summary>
    /// <param name="files">The effects.</param>
    /// <param name="path">Where; its folder is made if need be.</param>
    /// <param name="content">What it shall hold.</param>
    /// <param name="keepBackup">The former content stays as FILE.bak.</param>
    /// <param name="mode">Its rights.</param>
    public static void Replace(this IFiles files, string path, ReadOnlySpan<byte> content, bool keepBackup = false, UnixFileMode mode = FileChange.OwnerOnly) =>
        Commit(files, new(path, content.ToArray(), keepBackup, mode));

    /// <summary>Removes a file, its backup first, so that no old content comes back; a missing one is no error.</summary>
    public static void Delete(this IFiles files, string path) => Commit(files, new(path, null));

    /// <summary>Whether there is such a file or folder.</summary>
    public static bool Exists(this IFiles files, string path) => files.Stamp(path) is not null;

    /// <summary>Makes a folder, and those above it, so that it outlives a power cut.</summary>
    public static void EnsureFolder(this IFiles files, string folder)
    {
        if (files.Exists(folder) || Path.GetDirectoryName(folder) is not { } parent)
            return;
        files.EnsureFolder(parent);
        files.MakeFolder(folder);
        try
        {
            files.Sync(parent);
        }
        catch
        {
            files.Remove(folder);       // or the next one who asks would take it for safe
            throw;
        }
    }

    /// <summary>Removes what changes in a folder left behind when a kill cut them short; only while nobody writes there.</summary>
    public static void Sweep(this IFiles files, string folder)
    {
        foreach (var name in files.List(folder).Where(IsTemporary))
            files.Remove(Path.Combine(folder, name));
    }

    /// <summary>The same for a file of the machine's.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode = FileChange.OwnerOnly) => MachineFiles.Instance.Replace(path, content, mode: mode);

    /// <summary>Makes a folder that only its owner may enter, as EVE has them.</summary>
    public static void MakeFolder(string folder)
    {
        if (!Directory.Exists(folder))
            Directory.CreateDirectory(folder, OwnerFolder);
    }

    static void Commit(IFiles files, FileChange change)
    {
        FileChange.Commit(files, [change]);
        if (change.Failure is not null)
            ExceptionDispatchInfo.Throw(change.Failure);
    }

    static bool IsTemporary(string name) => name.Length >= FileChange.TemporaryPrefix.Length + 32
        && name.StartsWith(FileChange.TemporaryPrefix, StringComparison.Ordinal) && Guid.TryParseExact(name.AsSpan(FileChange.TemporaryPrefix.Length, 32), "N", out _);
}
