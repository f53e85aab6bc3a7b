using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Eve.Platform;

/// <summary>Tells what appears in folders and what leaves them (inotify).</summary>
internal sealed partial class FolderWatch : IDisposable
{
    const int CloseOnExec = 0x80000, NonBlocking = 0x800;
    const uint Appears = 0x100 | 0x80 | 0x8;        // IN_CREATE, IN_MOVED_TO, IN_CLOSE_WRITE
    const uint Leaves = 0x200 | 0x40;               // IN_DELETE, IN_MOVED_FROM
    const uint OnlyFolders = 0x01000000;            // IN_ONLYDIR
    const uint Overflow = 0x4000;                   // IN_Q_OVERFLOW
    const int HeaderSize = 16;

    readonly Dictionary<int, List<Action<string>>> _folders = [];
    readonly byte[] _events = new byte[16384];

    public int Descriptor { get; } = Start(CloseOnExec | NonBlocking) is >= 0 and var descriptor ? descriptor : throw new Win32Exception(Marshal.GetLastPInvokeError());

    /// <summary>From now on this is called with the names that appear in a folder or leave it; "" stands for any.</summary>
    /// <returns>False: there is no such folder, or it may not be looked into.</returns>
    public bool Add(string folder, Action<string> moved)
    {
        var watch = AddNative(Descriptor, folder, Appears | Leaves | OnlyFolders);
        if (watch < 0)
            return false;
        if (!_folders.TryGetValue(watch, out var listeners))
            _folders[watch] = listeners = [];
        if (!listeners.Contains(moved))
            listeners.Add(moved);
        return true;
    }

    /// <summary>Tells what has happened since the last call.</summary>
    public void Read()
    {
        for (int length; (length = (int)ReadNative(Descriptor, ref _events[0], _events.Length)) > 0;)
        {
            for (var at = 0; at < length;)
            {
                var header = MemoryMarshal.Cast<byte, uint>(_events.AsSpan(at, HeaderSize));
                var (watch, what, nameLength) = ((int)header[0], header[1], (int)header[3]);
                var name = Encoding.UTF8.GetString(_events.AsSpan(at + HeaderSize, nameLength)).TrimEnd('\0');
                at += HeaderSize + nameLength;
                if ((what & Overflow) != 0)
                    Tell(_folders.Values.SelectMany(l => l), "");
                else if (_folders.TryGetValue(watch, out var listeners))
                    Tell(listeners, name);
            }
        }
    }

    static void Tell(IEnumerable<Action<string>> listeners, string name)
    {
        foreach (var listener in listeners.ToList())
            listener(name);
    }

    public void Dispose() => Libc.Close(Descriptor);

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    private static partial int Start(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddNative(int descriptor, string path, uint what);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadNative(int descriptor, ref byte buffer, nint length);
}
