using System.Buffers;

namespace Eve.Platform;

/// <summary>The machine's own files, by direct system calls: each step is one call, and what went wrong is the kernel's word with the path.</summary>
internal sealed class MachineFiles : IFiles
{
    const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    const int FirstRead = 16 * 1024;

    /// <summary>The only one: it has no state.</summary>
    public static MachineFiles Instance { get; } = new();

    public IReadOnlyList<string> List(string folder)
    {
        if (!Directory.Exists(folder))
            return File.Exists(folder) ? throw new IOException($"{folder} is a file; a folder should be there.") : [];
        return [.. Directory.EnumerateFileSystemEntries(folder).Select(e => Path.GetFileName(e))];
    }

    public byte[]? Read(string path)
    {
        var descriptor = Libc.OpenToRead(path);
        if (descriptor < 0)
            return null;
        var buffer = ArrayPool<byte>.Shared.Rent(FirstRead);
        try
        {
            for (var length = 0; ;)
            {
                var more = Libc.Read(descriptor, buffer.AsSpan(length), path);
                length += more;
                if (more == 0)
                    return buffer[..length];
                if (length == buffer.Length)
                    buffer = Grow(buffer);
            }
        }
        finally
        {
            Libc.Close(descriptor);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public FileStamp? Stamp(string path)
    {
        var file = new FileInfo(path);
        if (file.Exists)
            return new(file.LastWriteTimeUtc, file.Length);
        return Directory.Exists(path) ? new(Directory.GetLastWriteTimeUtc(path), 0) : null;
    }

    public void MakeFolder(string folder) => Directory.CreateDirectory(folder, OwnerFolder);

    public void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var descriptor = Libc.OpenNew(path, mode);
        try
        {
            Libc.Write(descriptor, content, path);
        }
        finally
        {
            Libc.Close(descriptor);
        }
    }

    public bool Link(string path, string other) => Libc.Link(path, other);

    public void Rename(string path, string other) => Libc.Rename(path, other);

    public void Remove(string path) => Libc.Remove(path);

    public void Sync(string path) => Libc.Sync(path);

    public void SyncFileSystem(string path) => Libc.SyncFileSystem(path);

    static byte[] Grow(byte[] full)
    {
        var larger = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }
}
