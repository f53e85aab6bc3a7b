using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>One persistent topic: a cursor into its change list that writes what it reads.</summary>
internal sealed partial class PersistentTable<T> : IPersistence where T : class, ITopic<T>
{
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);
    const int Unknown = -1;

    readonly PersistentFolder<T> _folder;
    readonly string _topic;
    readonly TopicStore<T> _store;
    readonly TopicStore<T>.Reader _reader;
    readonly TimeProvider _time;
    readonly ILogger _log;
    readonly Doorbell _bell = new();
    readonly CancellationTokenSource _stop = new();
    readonly Task _writer;
    readonly Lock _gate = new();
    readonly List<(long Sequence, TaskCompletionSource Done)> _waiting = [];
    long _safe;

    // The writer's own:
    readonly Dictionary<string, T?> _unwritten = [];
    readonly HashSet<string> _written;
    int _writtenRestarts = Unknown;     // those of the former boot: this one's publisher has not said anything yet

    public PersistentTable(string folder, string topic, TopicStore<T> store, TimeProvider time, ILogger log)
    {
        (_topic, _store, _time, _log) = (topic, store, time, log);
        _folder = new(folder, log);
        var values = _folder.Load();
        _written = [.. values.Keys];
        foreach (var (key, value) in values)
            store.Publish(key, value);
        _reader = store.Subscribe(_bell.Ring);
        _reader.Read([]);       // what was just read needs no writing
        _safe = _reader.Seen;
        _writer = WriteBehindAsync();
    }

    public async Task SafeAsync(long sequence, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_safe >= sequence)
                return;
            _waiting.Add((sequence, done));
        }
        _bell.Ring();
        await Task.WhenAny(done.Task, _writer).WaitAsync(cancellationToken);
        if (!done.Task.IsCompleted)
            throw new EveException($"{_topic} is not written any more: the device has ended; publish before that.");
        await done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _bell.Ring();
        await _writer;
        _store.Unsubscribe(_reader);
        _stop.Dispose();
    }

    async Task WriteBehindAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await using var alarm = _time.CreateTimer(_ => _bell.Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        while (true)
        {
            var last = _stop.IsCancellationRequested;
            var restarts = ReadNews();
            var failure = Write(restarts);
            if (failure is not null)
                alarm.Change(RetryAfter, Timeout.InfiniteTimeSpan);
            Tell(_reader.Seen, failure);
            if (last)
                return;
            await _bell.WaitAsync();
        }
    }

    int ReadNews()
    {
        List<(string Key, T? Value, int Generation)> news = [];
        var state = _reader.Read(news);
        if (state.Anew)
        {
            foreach (var key in _written.Concat(_unwritten.Keys).Except(news.Select(n => n.Key)).ToList())
                _unwritten[key] = null;
        }
        foreach (var (key, value, _) in news)
            _unwritten[key] = value;
        return state.Restarts;
    }

    // What one key has against being written holds up no other key.
    EveException? Write(int restarts)
    {
        EveException? failure = null;
        foreach (var (key, value) in _unwritten)
        {
            if (Try(() => _folder.Write(key, value)) is { } keyFailure)
            {
                failure ??= keyFailure;
                continue;
            }
            _unwritten.Remove(key);
            if (value is null)
                _written.Remove(key);
            else
                _written.Add(key);
        }
        if (restarts == _writtenRestarts)
            return failure;
        if (Try(() => _folder.WriteRestarted(restarts)) is { } restartedFailure)
            return failure ?? restartedFailure;
        _writtenRestarts = restarts;
        return failure;
    }

    EveException? Try(Action write)
    {
        try
        {
            write();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or NotSupportedException or ArgumentException)
        {
            Log.CannotWrite(_log, _topic, _folder.Path, exception.Message, RetryAfter);
            return new($"{_topic} could not be written to {_folder.Path}: {exception.Message} Free space or mend the file system; it is tried again every {RetryAfter.TotalSeconds} s.", exception);
        }
    }

    void Tell(long seen, EveException? failure)
    {
        List<TaskCompletionSource> told;
        lock (_gate)
        {
            if (failure is null)
                _safe = seen;
            told = [.. _waiting.Where(w => w.Sequence <= seen).Select(w => w.Done)];
            _waiting.RemoveAll(w => w.Sequence <= seen);
        }
        foreach (var done in told)
        {
            if (failure is null)
                done.TrySetResult();
            else
                done.TrySetException(failure);
        }
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Topic} cannot be written to {Folder}: {Reason} Again in {Pause}")]
        public static partial void CannotWrite(ILogger log, string topic, string folder, string reason, TimeSpan pause);
    }
}
