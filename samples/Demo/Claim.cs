using System.Net.Sockets;
using System.Text.Json;

namespace Eve.Demo;

/// <summary>What a demo is about; written down for those that come after it.</summary>
public enum DemoState
{
    /// <summary>Its process is at work; when that is dead, it was interrupted.</summary>
    Running,

    /// <summary>It was left running on purpose.</summary>
    Kept,

    /// <summary>It cleans up.</summary>
    Ending,
}

/// <summary>What there is of a demo on this machine.</summary>
/// <param name="Process">Whose it is.</param>
/// <param name="Folder">Where its files are.</param>
/// <param name="State">What it is about.</param>
/// <param name="MadeLibvirtFolder">libvirt's library leaves a folder below /run: it goes with the demo, if it came with it.</param>
public sealed record DemoNote(int Process, string Folder, DemoState State, bool MadeLibvirtFolder);

/// <summary>
/// One demo has the names on this machine. The claim is a socket without a file: the kernel frees it when its process ends, however it ends.
/// The note stays until somebody has cleaned up.
/// </summary>
public sealed class Claim : IDisposable
{
    readonly Socket _socket;
    readonly string _name;

    Claim(Socket socket, string name) => (_socket, _name) = (socket, name);

    /// <summary>Takes the name; null while another process has it.</summary>
    public static Claim? Take(string name)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint($"\0{name}"));
            return new(socket, name);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            socket.Dispose();
            return null;
        }
    }

    /// <summary>The note of whoever has, or had, the name; null if nobody left anything.</summary>
    public static DemoNote? Read(string name)
    {
        try
        {
            return JsonSerializer.Deserialize<DemoNote>(File.ReadAllText(PathOf(name)));
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the note, whole or not at all.</summary>
    public void Write(DemoNote note)
    {
        File.WriteAllText(PathOf(_name) + ".new", JsonSerializer.Serialize(note));
        File.Move(PathOf(_name) + ".new", PathOf(_name), overwrite: true);
    }

    /// <summary>Nothing is left: neither is the note.</summary>
    public void Erase()
    {
        File.Delete(PathOf(_name) + ".new");
        File.Delete(PathOf(_name));
    }

    public void Dispose() => _socket.Dispose();

    static string PathOf(string name) => $"/run/{name}.json";
}
