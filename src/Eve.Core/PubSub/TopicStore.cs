namespace Eve;

/// <summary>The values of one topic, linked by their last change, so that a reader with a cursor finds exactly what it has not seen.</summary>
/// <remarks>It knows no types, unlike those who use it: some thirty generic types less for each of a device's topics.</remarks>
internal sealed class TopicStore
{
    // So many graves more than living keys are forgotten even if a reader that stands still has not seen them.
    const int MostGraves = 1024;

    readonly Lock _gate = new();
    readonly Dictionary<string, Entry> _entries = [];
    Entry? _newest;
    long _sequence;
    int _graves;
    int _generation;
    long _buried, _forgotten;    // how far graves were cleared: those that all had seen, those that somebody had not
    bool _published;
    int _restarts;
    Reader[] _readers = [];

    sealed class Entry(string key)
    {
        public readonly string Key = key;
        public object? Value;       // null: withdrawn, kept until every reader has seen it
        public int Generation;      // counts withdrawals, so that "withdrawn and published again" can be told
        public long Sequence;
        public Entry? Older, Newer;
    }

    /// <summary>What a key has come to; null: it was withdrawn.</summary>
    internal readonly record struct News(string Key, object? Value, int Generation);

    /// <summary>What a reader gets besides the news.</summary>
    /// <param name="Anew">The news are all there is; what is not among them is gone.</param>
    internal readonly record struct State(bool Published, int Restarts, bool Anew);

    /// <summary>A cursor into the change list. It holds no queue, so a slow one costs nothing.</summary>
    public sealed class Reader(TopicStore store, Action? wake)
    {
        long _seen;

        public Action? Wake => wake;
        internal long Seen => _seen;

        /// <summary>Hands over what changed since the last call, oldest first.</summary>
        public State Read(List<News> into)
        {
            lock (store._gate)
            {
                var anew = _seen < store._forgotten;
                for (var entry = store._newest; entry is not null && (anew || entry.Sequence > _seen); entry = entry.Older)
                    into.Add(new(entry.Key, entry.Value, entry.Generation));
                into.Reverse();
                _seen = store._sequence;
                if (store._graves > 0)
                    store.Bury();
                return new(store._published, store._restarts, anew);
            }
        }
    }

    /// <summary>Called after each change and announcement, when the readers inside have been woken: whoever reads for other processes.</summary>
    public Action? Outside { get; set; }

    /// <summary>What keeps the topic on disk; null for a volatile one.</summary>
    public IPersistence? Persistence { get; set; }

    internal int Graves => _graves;

    public Reader Subscribe(Action? wake)
    {
        var reader = new Reader(this, wake);
        lock (_gate)
            _readers = [.. _readers, reader];
        return reader;
    }

    public void Unsubscribe(Reader reader)
    {
        lock (_gate)
        {
            _readers = [.. _readers.Where(r => r != reader)];
            Bury();
        }
    }

    /// <summary>Publishes a value, or withdraws the key (null). An equal value goes nowhere.</summary>
    public void Publish(string key, object? value)
    {
        if (Take(key, value))
            Wake();
    }

    /// <summary>The same, but nobody is woken: for many in a row.</summary>
    /// <returns>Whether there is something to wake the readers for.</returns>
    public bool Take(string key, object? value)
    {
        lock (_gate)
            return Move(key, value);
    }

    /// <summary>Tells all readers that there is something.</summary>
    public void Wake()
    {
        foreach (var reader in Volatile.Read(ref _readers))
            reader.Wake?.Invoke();
        Outside?.Invoke();
    }

    /// <summary>The publisher has started (false: not complete yet) or has said that its set is complete.</summary>
    public void Announce(bool complete) => Announce(true, complete ? _restarts + 1 : 0);

    /// <summary>What is known of a publisher in another process: whether its first values are in, and its counter.</summary>
    public void Announce(bool published, int restarts)
    {
        lock (_gate)
            (_published, _restarts) = (published, restarts);
        Wake();
    }

    public Dictionary<string, object> Snapshot()
    {
        lock (_gate)
            return _entries.Values.Where(e => e.Value is not null).ToDictionary(e => e.Key, e => e.Value!);
    }

    public object? Read(string key)
    {
        lock (_gate)
            return _entries.GetValueOrDefault(key)?.Value;
    }

    /// <summary>What was published so far under a key is safe when the persistence has come to this number.</summary>
    public Task SafeAsync(string key, CancellationToken cancellationToken)
    {
        long sequence;
        lock (_gate)
            sequence = _sequence;
        return Persistence?.SafeAsync(key, sequence, cancellationToken) ?? Task.CompletedTask;
    }

    public (bool Published, int Restarts) Announced
    {
        get
        {
            lock (_gate)
                return (_published, _restarts);
        }
    }

    /// <summary>How the topic of that name stands.</summary>
    public TopicState StateOf(string topic)
    {
        lock (_gate)
            return new(topic, _published, _restarts > 0, _readers.Length, [.. _entries.Values.Where(e => e.Value is not null).Select(e => e.Key).Order(StringComparer.Ordinal)]);
    }

    bool Move(string key, object? value)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            if (value is null)
                return false;
            _entries[key] = entry = new(key) { Generation = ++_generation };
        }
        else if (Equals(entry.Value, value))
        {
            return false;
        }
        else
        {
            Unlink(entry);
        }

        if (entry.Value is null && entry.Sequence > 0)
            _graves--;
        if (value is null)
        {
            _graves++;
            entry.Generation = ++_generation;
        }
        entry.Value = value;
        Link(entry);
        if (value is null)
            Bury();
        return true;
    }

    void Link(Entry entry)
    {
        entry.Sequence = ++_sequence;
        (entry.Older, entry.Newer) = (_newest, null);
        if (_newest is not null)
            _newest.Newer = entry;
        _newest = entry;
    }

    void Unlink(Entry entry)
    {
        if (entry.Older is not null)
            entry.Older.Newer = entry.Newer;
        if (entry.Newer is not null)
            entry.Newer.Older = entry.Older;
        else
            _newest = entry.Older;
    }

    // Forgets withdrawn keys that every reader has seen, once they outnumber the living; when a reader stands still, all of them: it then reads everything anew.
    void Bury()
    {
        var excess = _graves * 2 - _entries.Count;
        if (excess <= 0)
            return;
        var seen = _readers.Length == 0 ? _sequence : _readers.Min(r => r.Seen);
        if (excess > MostGraves)
            _forgotten = seen = _sequence;
        else if (seen == _buried)
            return;
        _buried = seen;
        foreach (var entry in _entries.Values.Where(e => e.Value is null && e.Sequence <= seen).ToList())
        {
            Unlink(entry);
            _entries.Remove(entry.Key);
            _graves--;
        }
    }
}
