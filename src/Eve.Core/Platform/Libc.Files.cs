using System.Runtime.InteropServices;

namespace Eve.Platform;

/// <summary>Files by single system calls: .NET's own take several each (locks, status), which ten thousand small files notice.</summary>
internal static partial class Libc
{
    const int Missing = 2;          // ENOENT
    const int Interrupted = 4;      // EINTR
    const int NoFolder = 20;        // ENOTDIR
    const int NameTooLong = 36;     // ENAMETOOLONG: there can be no such file
    const int ReadOnlyCloseOnExec = 0x80000;        // O_RDONLY | O_CLOEXEC; these are the same on x86-64, arm64 and riscv64
    const int NewCloseOnExec = 0x80000 | 0x1 | 0x40 | 0x80; // O_CLOEXEC | O_WRONLY | O_CREAT | O_EXCL

    /// <summary>A descriptor; -1 if there is no such file.</summary>
    public static int OpenToRead(string path)
    {
        var descriptor = OpenNative(path, ReadOnlyCloseOnExec, 0);
        return descriptor >= 0 ? descriptor : Marshal.GetLastPInvokeError() is Missing or NoFolder ? -1 : throw Failure(path);
    }

    public static int OpenNew(string path, UnixFileMode mode) => OpenNative(path, NewCloseOnExec, (uint)mode) is >= 0 and var descriptor ? descriptor : throw Failure(path);

    public static void Close(int descriptor) => _ = CloseNative(descriptor);

    /// <summary>Some bytes; 0 at the end.</summary>
    public static int Read(int descriptor, Span<byte> buffer, string path)
    {
        while (true)
        {
            var read = ReadNative(descriptor, ref MemoryMarshal.GetReference(buffer), buffer.Length);
            if (read >= 0)
                return (int)read;
            if (Marshal.GetLastPInvokeError() != Interrupted)
                throw Failure(path);
        }
    }

    public static void Write(int descriptor, ReadOnlySpan<byte> content, string path)
    {
        while (content.Length > 0)
        {
            var written = WriteNative(descriptor, in MemoryMarshal.GetReference(content), content.Length);
            if (written < 0 && Marshal.GetLastPInvokeError() != Interrupted)
                throw Failure(path);
            content = content[(int)Math.Max(written, 0)..];
        }
    }

    /// <summary>Gives a file another name beside its own; false where the file system has no links, or there is no such file.</summary>
    public static bool Link(string path, string other) => LinkNative(path, other) == 0;

    public static void Rename(string path, string other)
    {
        if (RenameNative(path, other) < 0)
            throw Failure(other);
    }

    /// <summary>Removes a file or an empty folder; a missing one is no error.</summary>
    public static void Remove(string path)
    {
        if (RemoveNative(path) < 0 && Marshal.GetLastPInvokeError() is not (Missing or NoFolder or NameTooLong))
            throw Failure(path);
    }

    /// <summary>Makes a file's content, or the names in a folder, outlive a power cut.</summary>
    public static void Sync(string path) => WithDescriptor(path, FsyncNative);

    /// <summary>Makes everything written to the file system that holds this path outlive a power cut.</summary>
    public static void SyncFileSystem(string path) => WithDescriptor(path, SyncfsNative);

    static void WithDescriptor(string path, Func<int, int> call)
    {
        var descriptor = OpenNative(path, ReadOnlyCloseOnExec, 0);
        if (descriptor < 0)
            throw Failure(path);
        try
        {
            if (call(descriptor) < 0)
                throw Failure(path);
        }
        finally
        {
            Close(descriptor);
        }
    }

    static IOException Failure(string path) => new($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenNative(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int CloseNative(int descriptor);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadNative(int descriptor, ref byte buffer, nint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteNative(int descriptor, in byte content, nint length);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FsyncNative(int descriptor);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SyncfsNative(int descriptor);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkNative(string path, string other);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameNative(string path, string other);

    [LibraryImport("libc", EntryPoint = "remove", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RemoveNative(string path);
}
