using System.Collections;

namespace Eve;

/// <summary>An agent's view of a topic: it moves only at the start of a turn.</summary>
public sealed class Subscription<T> : IInput, IReadOnlyCollection<T> where T : class, ITopic<T>
{
    readonly TopicStore _store;
    readonly TopicStore.Reader _reader;
    readonly bool _expected;
    readonly Dictionary<string, TopicStore.News> _values = [];
    readonly List<TopicStore.News> _news = [];
    readonly List<Change<T>> _changes = [];

    internal Subscription(MemoryBus bus, Topic<T> topic, Action? wake)
    {
        _store = bus.Of(topic);
        _reader = _store.Subscribe(wake);
        _expected = bus.Expects(topic.Publisher);
    }

    /// <summary>The value under a key; null if there is none.</summary>
    public T? this[string key] => _values.TryGetValue(key, out var known) ? (T?)known.Value : null;

    /// <summary>The only value of a topic with a single key.</summary>
    public T? Value
    {
        get
        {
            foreach (var known in _values.Values)
                return (T?)known.Value;
            return null;
        }
    }

    /// <summary>What moved since the former turn, one entry a key, in the order of their last change.</summary>
    public IReadOnlyList<Change<T>> Changes => _changes;

    /// <summary>Whether anything moved since the former turn.</summary>
    public bool Changed => _changes.Count > 0;

    /// <inheritdoc />
    public int Count => _values.Count;

    /// <summary>The keys that are there.</summary>
    public IReadOnlyCollection<string> Keys => _values.Keys;

    /// <summary>The publisher's first snapshot is in.</summary>
    public bool Synchronized { get; private set; }

    /// <summary>The publisher has said that its set is complete: only now does a missing key mean "not wanted".</summary>
    public bool Ready { get; private set; }

    /// <summary>The publisher's counter of complete sets; 0 while its set is not complete.</summary>
    internal int Restarts { get; private set; }

    void IInput.Advance()
    {
        _changes.Clear();
        _news.Clear();
        var state = _reader.Read(_news);
        Synchronized = state.Published || !_expected;
        Restarts = state.Restarts;
        Ready = !_expected || Restarts > 0;
        if (state.Anew)
            _news.AddRange(_values.Keys.Except(_news.Select(n => n.Key)).ToList().Select(key => new TopicStore.News(key, null, 0)));

        foreach (var news in _news)
            Apply(news);
    }

    void Apply(TopicStore.News news)
    {
        var known = _values.TryGetValue(news.Key, out var old);
        var recreated = known && news.Value is not null && old.Generation != news.Generation;
        if (!recreated && Equals(old.Value, news.Value))
            return;
        if (news.Value is null)
            _values.Remove(news.Key);
        else
            _values[news.Key] = news;
        _changes.Add(new(news.Key, (T?)old.Value, (T?)news.Value, recreated));
    }

    Task IInput.CloseAsync()
    {
        _store.Unsubscribe(_reader);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public IEnumerator<T> GetEnumerator()
    {
        foreach (var known in _values.Values)
            yield return (T)known.Value!;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
