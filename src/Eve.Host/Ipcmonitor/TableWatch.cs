using Eve.Platform;
using Microsoft.Extensions.Logging.Abstractions;

namespace Eve.Host.Ipcmonitor;

/// <summary>
/// Follows all tables that are wanted, also those that come later. Everything happens on one thread, the output too: while a terminal is slow,
/// nothing is read, and publishers keep for us what is the last value by then.
/// </summary>
internal sealed class TableWatch : IAsyncDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly EvePaths _paths;
    readonly MonitorRequest _request;
    readonly TableFinder _finder;
    readonly Action<TableEvent> _tell;
    readonly SocketLoop _loop = new(NullLogger.Instance);
    readonly FolderWatch _folders = new();
    readonly Dictionary<Table, TableFollower> _followers = [];
    readonly HashSet<string> _watched = [];
    readonly ITimer _again;
    readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TableWatch(EvePaths paths, MonitorRequest request, TimeProvider time, Action<TableEvent> tell)
    {
        (_paths, _request, _finder, _tell) = (paths, request, new(paths), tell);
        _again = time.CreateTimer(_ => _loop.Post(() => Try(TryAgain)), null, Pause, Pause);
        _loop.Add(_folders.Descriptor, _ => Try(_folders.Read));
    }

    /// <summary>Never completes unless it fails.</summary>
    public Task Failed => _failed.Task;

    /// <summary>Begins, and tells how many tables are there now.</summary>
    public Task<int> StartAsync()
    {
        var started = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop.Post(() =>
        {
            Try(Look);
            started.TrySetResult(_followers.Values.Count(f => !f.Idle));
        });
        return started.Task;
    }

    void Look()
    {
        _watched.RemoveWhere(f => !Directory.Exists(f));
        foreach (var folder in _finder.Folders())
        {
            if (_watched.Add(folder))
                _folders.Add(folder, name => Moved(folder, name));
        }
        foreach (var table in _finder.Find().Where(_request.Wants))
        {
            if (!_followers.ContainsKey(table))
                _followers.Add(table, new(table, _paths, _loop, _folders, happened => Try(() => _tell(happened))));
        }
        foreach (var follower in _followers.Values)
            follower.Open();
    }

    // No folder tells that somebody listens again at a socket that is there.
    void TryAgain()
    {
        foreach (var follower in _followers.Values.Where(f => f.IsToTryAgain))
            follower.Open();
    }

    // Folders and sockets matter; values as files are their table's own concern.
    void Moved(string folder, string name)
    {
        if (name.Length == 0)
            _watched.Remove(folder);        // it may be another folder of that name by now
        var path = Path.Combine(folder, name);
        if (name.Length == 0 || name.EndsWith(".sock", StringComparison.Ordinal) || Directory.Exists(path) || _watched.Contains(path))
            Look();
    }

    void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            _failed.TrySetException(exception);     // the loop would go on without
        }
    }

    /// <summary>Ends all connections; after that nothing is told any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _again.DisposeAsync();
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop.Post(() =>
        {
            foreach (var follower in _followers.Values)
                follower.Dispose();
            closed.SetResult();
        });
        await closed.Task;
        _loop.Dispose();
        _folders.Dispose();
    }
}
