namespace Eve;

/// <summary>Files that need not outlive a power cut: everything is done, only nothing is waited for.</summary>
internal sealed class UnsyncedFiles(IFiles files) : IFiles
{
    public IReadOnlyList<string> List(string folder) => files.List(folder);

    public byte[]? Read(string path) => files.Read(path);

    public FileStamp? Stamp(string path) => files.Stamp(path);

    public void MakeFolder(string folder) => files.MakeFolder(folder);

    public void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode) => files.Write(path, content, mode);

    public bool Link(string path, string other) => files.Link(path, other);

    public void Rename(string path, string other) => files.Rename(path, other);

    public void Remove(string path) => files.Remove(path);

    public void Sync(string path)
    {
    }

    public void SyncFileSystem(string path)
    {
    }
}
