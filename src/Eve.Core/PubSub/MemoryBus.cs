using System.Collections.Concurrent;

namespace Eve;

/// <summary>All topics of one device as this process sees them: inside it values go by reference.</summary>
/// <param name="publishers">The names under which some agent in this process publishes.</param>
/// <param name="persistence">Keeps persistent topics on disk; null keeps everything in memory only.</param>
/// <param name="sockets">Joins it with the agents of other processes; null: there are none.</param>
/// <param name="checkpoints">Keeps some of the others for the next life of their process.</param>
internal sealed class MemoryBus(IEnumerable<string> publishers, PersistentStore? persistence = null, SocketBus? sockets = null, PersistentStore? checkpoints = null) : IAsyncDisposable
{
    readonly ConcurrentDictionary<object, Lazy<TopicStore>> _stores = [];
    readonly ConcurrentDictionary<object, object> _feeds = [];
    readonly HashSet<string> _publishers = [.. publishers, ""];

    /// <summary>The values of a topic; those of a persistent one are read from the disk when it is first asked for.</summary>
    public TopicStore Of<T>(Topic<T> topic) where T : class, ITopic<T> =>
        _stores.TryGetValue(topic, out var known) ? known.Value : _stores.GetOrAdd(topic, _ => new(() => Open(topic))).Value;

    /// <summary>How each topic stands that somebody publishes or reads, by its name.</summary>
    public IEnumerable<TopicState> Topics() => _stores.Select(s => s.Value.Value.StateOf(s.Key.ToString()!)).OrderBy(t => t.Topic, StringComparer.Ordinal);

    /// <summary>Whether some agent of this device publishes under that name; topics of others are complete and empty.</summary>
    public bool Expects(string publisher) => Inside(publisher) || sockets?.Outside(publisher) == true;

    /// <summary>Whether some agent in this process publishes under that name.</summary>
    public bool Inside(string publisher) => _publishers.Contains(publisher);

    /// <summary>Offers a topic of this process to others.</summary>
    /// <exception cref="EveException">Another process publishes it.</exception>
    public void Serve<T>(Topic<T> topic) where T : class, ITopic<T> => sockets?.Serve(this, topic);

    public FeedQueue<T> Of<T>(FeedTopic<T> feed) => (FeedQueue<T>)_feeds.GetOrAdd(feed, static f => new FeedQueue<T>(((FeedTopic<T>)f).Capacity));

    /// <summary>Returns once everything that was published is safe on disk.</summary>
    public async ValueTask DisposeAsync()
    {
        if (sockets is not null)
            await sockets.DisposeAsync();
        if (persistence is not null)
            await persistence.DisposeAsync();
        if (checkpoints is not null)
            await checkpoints.DisposeAsync();
    }

    TopicStore Open<T>(Topic<T> topic) where T : class, ITopic<T>
    {
        var store = new TopicStore();
        if (topic.Publisher.Length == 0 || (!Inside(topic.Publisher) && sockets?.Outside(topic.Publisher) == true))
        {
            sockets?.Follow(topic, store);
            return store;
        }
        persistence?.Open(topic, store);
        checkpoints?.Open(topic, store);
        return store;
    }
}
