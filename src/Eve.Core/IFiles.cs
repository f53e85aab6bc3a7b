namespace Eve;

/// <summary>Everything that is done to files which must outlive a power cut: little enough that a test can let each step fail, or cut the power at it.</summary>
/// <remarks>A step that fails throws an <see cref="IOException"/>, or an <see cref="UnauthorizedAccessException"/>, that names the path.</remarks>
public interface IFiles
{
    /// <summary>The names in a folder, those of folders too; none if it is missing.</summary>
    IReadOnlyList<string> List(string folder);

    /// <summary>A file's content; null if there is no such file.</summary>
    byte[]? Read(string path);

    /// <summary>When a file or folder was written, and its length; null if it is missing.</summary>
    FileStamp? Stamp(string path);

    /// <summary>Makes one folder that only its owner may enter; one that is there is no error.</summary>
    void MakeFolder(string folder);

    /// <summary>Writes a file that was not there before. Its content is lost by a power cut until it is synced.</summary>
    void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode);

    /// <summary>Gives a file a second name; false if there is no such file, or the file system has no links.</summary>
    bool Link(string path, string other);

    /// <summary>Gives a file another name, in place of the file that had it.</summary>
    void Rename(string path, string other);

    /// <summary>Removes a file's name, or an empty folder; a missing one is no error.</summary>
    void Remove(string path);

    /// <summary>Makes a file's content, or the names in a folder, outlive a power cut.</summary>
    void Sync(string path);

    /// <summary>The same for everything on the file system that holds the path.</summary>
    void SyncFileSystem(string path);
}

/// <summary>Tells whether a file is still the one that was read.</summary>
/// <param name="Written">When it was written last, UTC.</param>
/// <param name="Length">Its size in bytes.</param>
public readonly record struct FileStamp(DateTime Written, long Length);
