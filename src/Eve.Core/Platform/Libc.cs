using System.Runtime.InteropServices;

namespace Eve.Platform;

/// <summary>The few calls of the C library that .NET does not have.</summary>
internal static partial class Libc
{
    public const int SigTerm = 15;
    public const int SigKill = 9;
    public const int SigUsr1 = 10;

    const int ReadOnlyCloseOnExec = 0x80000; // O_RDONLY | O_CLOEXEC, the same on x86-64, arm64 and riscv64

    /// <summary>Sends a signal; false when there is no such process (or it is not ours). Signal 0 only asks.</summary>
    public static bool Kill(int processId, int signal) => processId > 0 && KillNative(processId, signal) == 0;

    /// <summary>Makes renames and removals in a folder outlive a power cut.</summary>
    public static void SyncFolder(string path) => WithDescriptor(path, FsyncNative);

    /// <summary>Makes everything written to the file system that holds this path outlive a power cut.</summary>
    public static void SyncFileSystem(string path) => WithDescriptor(path, SyncfsNative);

    static void WithDescriptor(string path, Func<int, int> call)
    {
        var descriptor = OpenNative(path, ReadOnlyCloseOnExec);
        if (descriptor < 0)
            throw Failure(path);
        try
        {
            if (call(descriptor) < 0)
                throw Failure(path);
        }
        finally
        {
            _ = CloseNative(descriptor);
        }
    }

    static IOException Failure(string path) => new($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int KillNative(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenNative(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int CloseNative(int descriptor);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FsyncNative(int descriptor);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SyncfsNative(int descriptor);
}
