using System.Text;
using System.Text.Json;
using Eve.Platform;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>One persistent topic: a cursor into its change list that writes what it reads.</summary>
internal sealed partial class PersistentTable<T> : IPersistence where T : class, ITopic<T>
{
    const string Suffix = ".json";
    const string Backup = ".json.bak";
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    readonly string _folder;
    readonly string _topic;
    readonly TopicStore<T> _store;
    readonly TimeProvider _time;
    readonly ILogger _log;
    readonly Doorbell _bell = new();
    readonly TopicStore<T>.Reader _reader;
    readonly CancellationTokenSource _stop = new();
    readonly Task _writer;
    readonly Lock _gate = new();
    readonly List<(long Sequence, TaskCompletionSource Done)> _waiting = [];
    readonly Dictionary<string, T?> _unwritten = [];
    long _safe;
    int _restarts;

    public PersistentTable(string folder, string topic, TopicStore<T> store, TimeProvider time, ILogger log)
    {
        (_folder, _topic, _store, _time, _log) = (folder, topic, store, time, log);
        foreach (var (key, value) in Load())
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
        await done.Task.WaitAsync(cancellationToken);
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
        List<(string Key, T? Value, int Generation)> news = [];
        while (true)
        {
            var last = _stop.IsCancellationRequested;
            news.Clear();
            var state = _reader.Read(news);
            if (state.Anew)
                KeysOnDisk().Except(news.Select(n => n.Key)).ToList().ForEach(key => _unwritten[key] = null);
            foreach (var (key, value, _) in news)
                _unwritten[key] = value;
            var failure = Write(state.Restarts);
            if (failure is not null)
                alarm.Change(RetryAfter, Timeout.InfiniteTimeSpan);
            Tell(_reader.Seen, failure);
            if (last)
                return;
            await _bell.WaitAsync();
        }
    }

    EveException? Write(int restarts)
    {
        try
        {
            foreach (var (key, value) in _unwritten)
            {
                if (value is null)
                    DurableFile.Delete(PathOf(key));
                else
                    DurableFile.Write(PathOf(key), JsonSerializer.SerializeToUtf8Bytes(value, T.Json), keepBackup: true);
                _unwritten.Remove(key);
            }
            if (restarts != _restarts)
                WriteRestarted(restarts);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.CannotWrite(_log, _topic, _folder, exception.Message, RetryAfter);
            return new EveException($"{_topic} could not be written to {_folder}: {exception.Message} Free space or mend the file system; it is tried again every {RetryAfter.TotalSeconds} s.", exception);
        }
    }

    // EVE's agents read the counter from this file: "the set is complete" (device-agents.md 1.3).
    void WriteRestarted(int restarts)
    {
        var file = Path.Combine(_folder, "restarted");
        if (restarts > 0)
            DurableFile.Write(file, Encoding.ASCII.GetBytes(restarts.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        else if (File.Exists(file))
            DurableFile.Delete(file);
        _restarts = restarts;
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

    Dictionary<string, T> Load()
    {
        Dictionary<string, T> values = [];
        try
        {
            if (!Directory.Exists(_folder))
                return values;
            foreach (var leftover in Directory.GetFiles(_folder, DurableFile.TemporaryPrefix + "*").Where(f => !f.EndsWith(Suffix, StringComparison.Ordinal)))
                File.Delete(leftover);
            foreach (var key in KeysOnDisk().Concat(KeysOf(Backup)).ToHashSet())
            {
                if (ReadFile(PathOf(key)) is { } value)
                    values[key] = value;
                else if (Restore(key) is { } former)
                    values[key] = former;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.CannotRead(_log, _folder, exception.Message);
        }
        return values;
    }

    T? Restore(string key)
    {
        var backup = PathOf(key) + ".bak";
        if (!File.Exists(backup) || ReadFile(backup) is not { } value)
            return null;
        Log.Restored(_log, _topic, key);
        DurableFile.Write(PathOf(key), File.ReadAllBytes(backup));
        return value;
    }

    T? ReadFile(string path)
    {
        try
        {
            var content = File.ReadAllBytes(path);
            return content.Length == 0 ? throw new JsonException("The file is empty.") : JsonSerializer.Deserialize(content, T.Json);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException or FormatException)
        {
            Log.CannotRead(_log, path, exception.Message);
            return null;
        }
    }

    IEnumerable<string> KeysOnDisk() => KeysOf(Suffix);

    IEnumerable<string> KeysOf(string suffix) =>
        Directory.Exists(_folder) ? Directory.GetFiles(_folder, "*" + suffix).Select(f => Path.GetFileName(f)[..^suffix.Length]) : [];

    string PathOf(string key) => Path.Combine(_folder, key + Suffix);

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Cannot read {Path}: {Reason}")]
        public static partial void CannotRead(ILogger log, string path, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Topic}: {Key} is restored from its backup")]
        public static partial void Restored(ILogger log, string topic, string key);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Topic} cannot be written to {Folder}: {Reason} Again in {Pause}")]
        public static partial void CannotWrite(ILogger log, string topic, string folder, string reason, TimeSpan pause);
    }
}
