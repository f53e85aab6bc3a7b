using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Eve.Platform;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>
/// Keeps a topic as its folder is, which other processes write to, a file for each key (device-agents.md 1.5): a global table, to which this process writes as well,
/// or one of a publisher that ends after its work. Everything here happens on the sockets' thread, so that own and others' changes have an order: the last one stays.
/// </summary>
internal sealed partial class TopicFolder : IAsyncDisposable
{
    const string Suffix = ".json", Counter = "restarted";

    static readonly IFiles s_files = new UnsyncedFiles(MachineFiles.Instance);

    readonly string _path, _topic;
    readonly JsonTypeInfo _form;
    readonly bool _shared;
    readonly TopicStore _store;
    readonly SocketBus _sockets;
    readonly TopicStore.Reader? _own;
    readonly Action<string> _moved;
    readonly Dictionary<string, object> _known = [];    // what the files hold, as far as was seen: who changes what can be told by it
    bool _stopped;

    /// <param name="path">The folder; a shared one is made if need be.</param>
    /// <param name="topic">The topic's full name.</param>
    /// <param name="form">Its values' JSON.</param>
    /// <param name="shared">What this process publishes is written there too.</param>
    /// <param name="store">What is kept as the folder is.</param>
    /// <param name="sockets">The loop, and the log.</param>
    public TopicFolder(string path, string topic, JsonTypeInfo form, bool shared, TopicStore store, SocketBus sockets)
    {
        (_path, _topic, _form, _shared, _store, _sockets) = (path, topic, form, shared, store, sockets);
        _moved = Moved;
        _own = shared ? store.Subscribe(() => sockets.Loop.Post(WriteOwn)) : null;
        sockets.Loop.Post(Start);
    }

    // The folder of another's topic may come later than its reader, or be made anew.
    void Start()
    {
        try
        {
            if (_shared)
                s_files.EnsureFolder(_path);
            var name = Path.GetFileName(_path);
            _sockets.WatchFolder(Path.GetDirectoryName(_path)!, moved =>
            {
                if (moved == name || moved.Length == 0)
                    Follow();
            });
            Follow();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.CannotFollow(_sockets.Log, _topic, exception.Message);
            _store.Announce(true, 1);
        }
    }

    void Follow()
    {
        if (_stopped || !Directory.Exists(_path))
            return;
        _sockets.WatchFolder(_path, _moved);
        Moved("");
        Announce();
    }

    void Moved(string name)
    {
        if (_stopped)
            return;
        WriteOwn();
        if (name.Length == 0)
            TakeAll();
        else if (name.EndsWith(Suffix, StringComparison.Ordinal))
            Take(name[..^Suffix.Length]);
        else if (name == Counter)
            Announce();
    }

    void TakeAll()
    {
        var keys = s_files.List(_path).Where(n => n.EndsWith(Suffix, StringComparison.Ordinal)).Select(n => n[..^Suffix.Length]).ToHashSet();
        foreach (var key in keys.Concat(_known.Keys.ToList().Where(k => !keys.Contains(k))))
            Take(key);
    }

    void Take(string key)
    {
        try
        {
            var content = s_files.Read(FileOf(key));
            if (content is null && _known.Remove(key))
                _store.Publish(key, null);
            if (content is null or [])      // an empty one is still being written
                return;
            var value = JsonSerializer.Deserialize(content, _form) ?? throw new JsonException("null is no value.");
            if (Equals(value, _known.GetValueOrDefault(key)))
                return;
            _known[key] = value;
            _store.Publish(key, value);
        }
        catch (Exception exception) when (GarbledText.IsBehind(exception) || exception is IOException or UnauthorizedAccessException)
        {
            Log.CannotTake(_sockets.Log, _topic, key, FileOf(key), exception.Message);
        }
    }

    void WriteOwn()
    {
        if (_own is null || _stopped)
            return;
        List<TopicStore.News> news = [];
        _own.Read(news);
        foreach (var (key, value, _) in news)
        {
            if (Equals(value, _known.GetValueOrDefault(key)))
                continue;
            var change = new FileChange(FileOf(key), value is null ? null : JsonSerializer.SerializeToUtf8Bytes(value, _form));
            FileChange.Commit(s_files, [change]);
            if (change.Failure is { } failure)
                Log.CannotWrite(_sockets.Log, _topic, key, FileOf(key), failure.Message);
            else if (value is null)
                _known.Remove(key);
            else
                _known[key] = value;
        }
    }

    // Whoever writes files counts complete sets seldom; without a counter, what is there is the set. An empty or odd number counts as "once" (device-agents.md 1.2).
    void Announce()
    {
        var counter = s_files.Read(Path.Combine(_path, Counter));
        _store.Announce(true, int.TryParse(counter, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 1);
    }

    string FileOf(string key) => Path.Combine(_path, key + Suffix);

    /// <summary>Writes what this process has published last; the files stay.</summary>
    public ValueTask DisposeAsync()
    {
        if (_own is not null)
            _store.Unsubscribe(_own);
        return new(_sockets.Loop.RunAsync(() =>
        {
            WriteOwn();
            _stopped = true;
        }));
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Topic}: what other processes publish is not seen: {Reason}")]
        public static partial void CannotFollow(ILogger log, string topic, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Topic}: the value of {Key} cannot be read from {Path}, the former one stays: {Reason}")]
        public static partial void CannotTake(ILogger log, string topic, string key, string path, string reason);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Topic}: {Key} cannot be written to {Path}: {Reason} Other processes do not see it.")]
        public static partial void CannotWrite(ILogger log, string topic, string key, string path, string reason);
    }
}
