using System.ComponentModel;
using Eve.Platform;

namespace Eve.Host.Ipcmonitor;

/// <summary>Follows one table: by its socket where somebody publishes it, else by its folder. Everything happens on the loop's thread.</summary>
internal sealed class TableFollower(Table table, EvePaths paths, SocketLoop loop, FolderWatch folders, Action<TableEvent> tell) : IDisposable
{
    const int Refused = 111;        // ECONNREFUSED: a socket that a killed publisher left

    IDisposable? _source;
    bool _bySocket, _hadSocket, _toldGone;

    public TableState State { get; } = new(table);

    /// <summary>Nobody publishes it, or its socket cannot be reached: why.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>There is a socket, but nobody answers there now: no folder tells when that changes.</summary>
    public bool IsToTryAgain => !_bySocket && (_hadSocket || Problem.Length > 0);

    /// <summary>Looks where it can be read now. When its publisher comes, the socket takes the folder's place.</summary>
    public void Open()
    {
        if (_bySocket)
            return;
        var path = table.SocketIn(paths);
        if (Seqpacket.Connect(path, out var error) is { } socket)
        {
            _source?.Dispose();
            (_bySocket, _hadSocket, Problem) = (true, true, "");
            _source = new SocketSource(State, socket, paths, loop, Tell, Lost);
            return;
        }
        if (error == Seqpacket.NotFound)
            Problem = "";
        else
            Problem = error == Refused ? $"nobody listens at {path}" : $"{path}: {new Win32Exception(error).Message}: run ipcmonitor as the user that the device runs as";
        if (_source is FolderSource { IsThere: false })
            Lose("its folder is gone");
        if (_source is null && !_hadSocket && table.FoldersIn(paths).FirstOrDefault(f => Directory.Exists(f.Path)) is { Path: { } folder } found)
            _source = new FolderSource(State, Table.OnDevice(paths, folder), folder, found.Persistent, folders, Tell);
        else if (_source is null && Problem.Length > 0)
            TellGone(Problem);
    }

    /// <summary>Nothing to read it from was found.</summary>
    public bool Idle => _source is null;

    void Tell(TableEvent happened)
    {
        _toldGone &= happened.What != Happening.Hello;
        tell(happened);
    }

    void Lost(string reason)
    {
        (_bySocket, Problem) = (false, reason);
        Lose(reason);
    }

    void Lose(string reason)
    {
        _source?.Dispose();
        _source = null;
        State.Lose();
        TellGone(reason);
    }

    // Once, and not at every try.
    void TellGone(string reason)
    {
        if (_toldGone)
            return;
        _toldGone = true;
        tell(new(State, Happening.Gone, Reason: reason));
    }

    public void Dispose() => _source?.Dispose();
}
