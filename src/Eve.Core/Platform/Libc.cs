using System.Runtime.InteropServices;

namespace Eve.Platform;

/// <summary>The few calls of the C library that .NET does not have.</summary>
internal static partial class Libc
{
    public const int SigTerm = 15;
    public const int SigKill = 9;
    public const int SigUsr1 = 10;

    /// <summary>Sends a signal; false when there is no such process (or it is not ours). Signal 0 only asks.</summary>
    public static bool Kill(int processId, int signal) => processId > 0 && KillNative(processId, signal) == 0;

    /// <summary>The file's number within its file system.</summary>
    public static ulong Inode(string path) => Status(path, InodeWanted, 32);

    /// <summary>How many bytes the file takes on the disk: fewer than its length if it has holes.</summary>
    public static ulong Allocated(string path) => Status(path, BlocksWanted, 48) * 512;

    static ulong Status(string path, uint wanted, int offset)
    {
        Span<byte> status = stackalloc byte[256];       // struct statx, the same on all 64-bit machines
        if (StatxNative(CurrentFolder, path, 0, wanted, ref MemoryMarshal.GetReference(status)) < 0)
            throw Failure(path);
        return MemoryMarshal.Read<ulong>(status[offset..]);
    }

    const int CurrentFolder = -100;
    const uint InodeWanted = 0x100;
    const uint BlocksWanted = 0x400;

    /// <summary>Sets a variable of the C library's own environment, unless it is set; .NET's is a copy that native libraries do not see.</summary>
    public static bool SetEnvironment(string name, string value) => SetenvNative(name, value, 0) == 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int KillNative(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "setenv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetenvNative(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatxNative(int folder, string path, int flags, uint mask, ref byte status);
}
