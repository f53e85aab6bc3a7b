using System.Collections.Concurrent;
using Eve.Platform;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>Joins a bus with those of other processes by EVE's sockets: it offers what this process publishes, and follows what others do.</summary>
/// <param name="paths">Sockets lie in /run/AGENT/TOPIC.sock below the root.</param>
/// <param name="outside">Whether a publisher is in another process.</param>
/// <param name="readers">The users that may read a topic, by its full name; a topic that is not there: everyone who can reach the socket.</param>
internal sealed partial class SocketBus(
    EvePaths paths, Func<string, bool> outside, IReadOnlyDictionary<string, ValueList<uint>> readers, TimeProvider time, ILogger log) : IAsyncDisposable
{
    readonly Lazy<SocketLoop> _loop = new(() => new(log));
    readonly ConcurrentDictionary<object, Lazy<IAsyncDisposable>> _servers = [];
    readonly ConcurrentBag<IAsyncDisposable> _mirrors = [];
    FolderWatch? _folders;

    public TimeProvider Time => time;

    public ILogger Log => log;

    public SocketLoop Loop => _loop.Value;

    /// <summary>Whether a publisher is in another process.</summary>
    public bool Outside(string publisher) => publisher.Length > 0 && outside(publisher);

    public string PathOf<T>(Topic<T> topic) where T : class, ITopic<T> => Path.Combine(paths.Run, topic.Publisher, topic.Scope, topic.Name + ".sock");

    /// <summary>Where fields lie that are too large for packets: /persist/pubsub-large/AGENT/TOPIC.</summary>
    public string LargeFolderOf<T>(Topic<T> topic) where T : class, ITopic<T> => Path.Combine(paths.Persist, "pubsub-large", topic.Publisher, topic.Scope, topic.Name);

    public bool MayRead<T>(Topic<T> topic, uint user) where T : class, ITopic<T> => !readers.TryGetValue(topic.ToString(), out var allowed) || allowed.Contains(user);

    /// <summary>Offers a topic to other processes; once is enough.</summary>
    /// <exception cref="EveException">Another process publishes it.</exception>
    public void Serve<T>(MemoryBus bus, Topic<T> topic) where T : class, ITopic<T>
    {
        if (topic.Publisher.Length == 0)
            return;
        try
        {
            _ = _servers.GetOrAdd(topic, _ => new(() => new TopicServer<T>(bus, topic, this))).Value;
        }
        catch (Exception exception)
        {
            _servers.TryRemove(topic, out _);
            if (exception is not (IOException or UnauthorizedAccessException))
                throw;
            Messages.CannotServe(log, topic.ToString(), exception.Message);
        }
    }

    /// <summary>
    /// Keeps a store as another process's topic is, which is asked at its socket. Global tables belong to nobody and have none; zedclient ends after its work:
    /// their folders are followed (device-agents.md 1.5).
    /// </summary>
    public void Follow<T>(Topic<T> topic, TopicStore store) where T : class, ITopic<T>
    {
        Loop.RunTurns();
        _mirrors.Add(topic.Publisher is "" or AgentNames.Zedclient ? new TopicFolder(FolderOf(topic), topic.ToString(), T.Json, shared: topic.Publisher.Length == 0, store, this) : new TopicMirror<T>(topic, store, this));
    }

    string FolderOf<T>(Topic<T> topic) where T : class, ITopic<T> => topic.Publisher.Length == 0
        ? Path.Combine(paths.Run, "global", topic.Name)
        : Path.Combine(topic.Persistent ? paths.Status : paths.Run, topic.Publisher, topic.Scope, topic.Name);

    /// <summary>Calls back, on the loop's thread, whenever something happens to a name in a folder; the folder is made if need be.</summary>
    public void WatchFolder(string folder, Action<string> moved)
    {
        DurableFile.MakeFolder(folder);
        if (_folders is null)
        {
            _folders = new();
            Loop.Add(_folders.Descriptor, _ => _folders.Read());
        }
        _folders.Add(folder, moved);
    }

    /// <summary>Ends all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
            await server.Value.DisposeAsync();
        while (_mirrors.TryTake(out var mirror))
            await mirror.DisposeAsync();
        _servers.Clear();
        if (_loop.IsValueCreated)
            _loop.Value.Dispose();
        _folders?.Dispose();
    }

    static partial class Messages
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Topic} cannot be offered to other processes: {Reason} Those in this process are not concerned.")]
        public static partial void CannotServe(ILogger log, string topic, string reason);
    }
}
