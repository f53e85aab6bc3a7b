using System.Text.Json;
using Eve.Platform;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>What keeps one topic on disk.</summary>
internal interface IPersistence
{
    /// <summary>Returns once a key's changes up to that number are on disk.</summary>
    /// <exception cref="EveException">They could not be written; it is tried again later.</exception>
    Task SafeAsync(string key, long sequence, CancellationToken cancellationToken);
}

/// <summary>A topic as its writer sees it: both calls come from there only, in turn.</summary>
internal interface IPersistentTable
{
    /// <summary>Adds what is to be written, or some of it, to a group.</summary>
    /// <param name="group">Where to.</param>
    /// <param name="retry">Also what failed before.</param>
    void AddTo(List<FileChange> group, bool retry);

    /// <summary>The group was written, or not: tells who waits for it.</summary>
    /// <returns>Whether something failed, and whether there is more to do at once.</returns>
    (bool Failed, bool More) Settle();

    /// <summary>Nothing is written any more.</summary>
    void Close();
}

/// <summary>One persistent topic: a cursor into its change list, and what of it is not on disk yet.</summary>
internal sealed partial class PersistentTable : IPersistence, IPersistentTable
{
    const int MostAtOnce = 1024;

    readonly PersistentFolder _folder;
    readonly string _topic;
    readonly TopicStore _store;
    readonly TopicStore.Reader _reader;
    readonly Action _wake;
    readonly ILogger _log;
    readonly Lock _gate = new();
    readonly List<(string Key, long Sequence, TaskCompletionSource Done)> _waiting = [];
    readonly Dictionary<string, (object? Value, EveException Failure)> _failed = [];
    long _safe;     // what is not in _failed is on disk up to this number
    bool _closed;

    // The writer's own:
    readonly Dictionary<string, object?> _unwritten = [];
    readonly List<(string Key, object? Value, FileChange? Change, Exception? Failure)> _group = [];
    readonly HashSet<string> _written;
    FileChange? _restarted;
    int _restarts;
    int _writtenRestarts = -1;      // those of the former boot: this one's publisher has not said anything yet

    /// <summary>Reads what the disk holds into the topic.</summary>
    public PersistentTable(PersistentFolder folder, string topic, TopicStore store, Action wake, ILogger log)
    {
        (_folder, _topic, _store, _wake, _log) = (folder, topic, store, wake, log);
        var values = _folder.Load();
        _written = [.. values.Keys];
        foreach (var (key, value) in values)
            store.Publish(key, value);
        _reader = store.Subscribe(wake);
        _reader.Read([]);       // what was just read needs no writing
        _safe = _reader.Seen;
    }

    public async Task SafeAsync(string key, long sequence, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_safe >= sequence && !_failed.ContainsKey(key))
                return;
            if (_closed)
                throw Ended();
            _waiting.Add((key, sequence, done));
        }
        _wake();
        await done.Task.WaitAsync(cancellationToken);
    }

    public void AddTo(List<FileChange> group, bool retry)
    {
        ReadNews();
        lock (_gate)
        {
            foreach (var key in retry ? _failed.Keys.ToList() : [.. _waiting.Select(w => w.Key).Where(_failed.ContainsKey)])
                _unwritten.TryAdd(key, _failed[key].Value);
        }
        foreach (var (key, value) in _unwritten.Take(MostAtOnce))
            _group.Add(Change(key, value));
        foreach (var (key, _, change, _) in _group)
        {
            _unwritten.Remove(key);
            if (change is not null)
                group.Add(change);
        }
        // It says that the values before it are complete: so it comes after them.
        if (_restarts != _writtenRestarts && _unwritten.Count == 0)
            group.Add(_restarted = _folder.ChangeRestarted(_restarts));
    }

    public (bool Failed, bool More) Settle()
    {
        var restartedFailure = _restarted?.Failure;
        if (_restarted is { Failure: null })
            _writtenRestarts = _restarts;
        List<(TaskCompletionSource Done, EveException? Failure)> told = [];
        bool failed;
        lock (_gate)
        {
            foreach (var (key, value, change, failure) in _group)
                Settle(key, value, failure ?? change?.Failure);
            if (_unwritten.Count == 0)
                _safe = _reader.Seen;
            // Who has come since the group was made, for a key that had failed before, waits for its next try.
            var tried = _failed.Count > 0 ? _group.Select(g => g.Key).ToHashSet() : [];
            bool Settled((string Key, long, TaskCompletionSource) waiting) => IsSettled(waiting) && (!_failed.ContainsKey(waiting.Key) || tried.Contains(waiting.Key));
            foreach (var (key, sequence, done) in _waiting.Where(Settled))
                told.Add((done, _failed.TryGetValue(key, out var because) ? because.Failure : null));
            _waiting.RemoveAll(Settled);
            failed = _failed.Count > 0 || restartedFailure is not null;
        }
        Report(restartedFailure);
        _group.Clear();
        _restarted = null;
        foreach (var (done, failure) in told)
            _ = failure is null ? done.TrySetResult() : done.TrySetException(failure);
        return (failed, _folder.RemoveLeftovers() || _unwritten.Count > 0);
    }

    public void Close()
    {
        _store.Unsubscribe(_reader);
        List<TaskCompletionSource> waiting;
        lock (_gate)
        {
            _closed = true;
            waiting = [.. _waiting.Select(w => w.Done)];
            _waiting.Clear();
        }
        foreach (var done in waiting)
            done.TrySetException(Ended());
    }

    void ReadNews()
    {
        List<TopicStore.News> news = [];
        var state = _reader.Read(news);
        if (state.Anew)
        {
            foreach (var key in _written.Concat(_unwritten.Keys).Concat(_failed.Keys).Except(news.Select(n => n.Key)).ToList())
                _unwritten[key] = null;
        }
        foreach (var (key, value, _) in news)
            _unwritten[key] = value;
        _restarts = state.Restarts;
    }

    (string, object?, FileChange?, Exception?) Change(string key, object? value)
    {
        try
        {
            return (key, value, _folder.Change(key, value), null);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or ArgumentException)
        {
            return (key, value, null, exception);
        }
    }

    bool IsSettled((string Key, long Sequence, TaskCompletionSource) waiting) => waiting.Sequence <= _reader.Seen && !_unwritten.ContainsKey(waiting.Key);

    void Settle(string key, object? value, Exception? failure)
    {
        if (failure is not null)
            _failed[key] = (value, new($"{_topic}: {key} could not be written to {_folder.Path}: {failure.Message}. Free space or mend the file system; it is tried again every {PersistentStore.RetryAfter.TotalSeconds} s.", failure));
        else if (value is null)
            _ = _written.Remove(key) | _failed.Remove(key);
        else
            _ = _written.Add(key) | _failed.Remove(key);
    }

    // One line for all: a full disk has something against every key.
    void Report(Exception? restartedFailure)
    {
        var failures = _group.Select(g => g.Failure ?? g.Change?.Failure).Append(restartedFailure).OfType<Exception>().ToList();
        if (failures.Count > 0)
            Log.CannotWrite(_log, _topic, _folder.Path, failures.Count, failures[0].Message, PersistentStore.RetryAfter);
    }

    EveException Ended() => new($"{_topic} is not written any more: the device has ended; publish before that.");

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Topic} cannot be written to {Folder} ({Count} files): {Reason} Again in {Pause}")]
        public static partial void CannotWrite(ILogger log, string topic, string folder, int count, string reason, TimeSpan pause);
    }
}
