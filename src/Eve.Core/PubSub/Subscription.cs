using System.Collections;

namespace Eve;

/// <summary>An agent's view of a topic: it moves only at the start of a turn.</summary>
public sealed class Subscription<T> : IInput, IReadOnlyCollection<T> where T : class, ITopic<T>
{
    readonly TopicStore<T> _store;
    readonly TopicStore<T>.Reader _reader;
    readonly bool _expected;
    readonly Dictionary<string, (T Value, int Generation)> _values = [];
    readonly List<(string Key, T? Value, int Generation)> _news = [];
    readonly List<Change<T>> _changes = [];

    internal Subscription(MemoryBus bus, Topic<T> topic, Action? wake)
    {
        _store = bus.Of(topic);
        _reader = _store.Subscribe(wake);
        _expected = bus.Expects(topic.Publisher);
    }

    /// <summary>The value under a key; null if there is none.</summary>
    public T? this[string key] => _values.TryGetValue(key, out var v) ? v.Value : null;

    /// <summary>The only value of a topic with a single key.</summary>
    public T? Value
    {
        get
        {
            foreach (var (value, _) in _values.Values)
                return value;
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
            _news.AddRange(_values.Keys.Except(_news.Select(n => n.Key)).ToList().Select(key => (key, default(T), 0)));

        foreach (var (key, value, generation) in _news)
            Apply(key, value, generation);
    }

    void Apply(string key, T? value, int generation)
    {
        var known = _values.TryGetValue(key, out var old);
        var recreated = known && value is not null && old.Generation != generation;
        if (!recreated && Equals(known ? old.Value : null, value))
            return;
        if (value is null)
            _values.Remove(key);
        else
            _values[key] = (value, generation);
        _changes.Add(new(key, known ? old.Value : null, value, recreated));
    }

    Task IInput.CloseAsync()
    {
        _store.Unsubscribe(_reader);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public IEnumerator<T> GetEnumerator() => _values.Values.Select(v => v.Value).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
