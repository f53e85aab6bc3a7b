namespace Eve.Host.Ipcmonitor;

/// <summary>What is known of a table: its values as JSON texts, and what its publisher has said about it.</summary>
internal sealed class TableState(Table table)
{
    readonly SortedDictionary<string, byte[]> _values = new(StringComparer.Ordinal);
    readonly HashSet<string> _unnamed = [];     // keys of a former connection that this one has not named yet

    public Table Table => table;

    /// <summary>The socket or folder that it is read from.</summary>
    public string From { get; private set; } = "";

    /// <summary>Whether it outlives a reboot; null: its publisher does not say (EVE's older ones).</summary>
    public bool? Persistent { get; private set; }

    /// <summary>How often its set was complete; null: its publisher has said nothing of that.</summary>
    public int? Restarts { get; private set; }

    /// <summary>All that was there at first has come.</summary>
    public bool Complete { get; private set; }

    public IReadOnlyDictionary<string, byte[]> Values => _values;

    /// <summary>The size of all values, in bytes of JSON.</summary>
    public long Size => _values.Values.Sum(v => (long)v.Length);

    /// <summary>It is read anew: values that will not be named again are gone then.</summary>
    public TableEvent Begin(string from, bool? persistent)
    {
        if (from != From || Complete)
            Lose();
        (From, Persistent) = (from, persistent);
        return new(this, Happening.Hello);
    }

    /// <summary>Nobody vouches for the values any more.</summary>
    public void Lose()
    {
        (Complete, Restarts) = (false, null);
        _unnamed.UnionWith(_values.Keys);
    }

    /// <summary>A key has a value.</summary>
    /// <returns>Null: it had it before (EVE's own publishers send every key at each change).</returns>
    public TableEvent? Set(string key, byte[] json)
    {
        _unnamed.Remove(key);
        var old = _values.GetValueOrDefault(key);
        if (old is not null && old.AsSpan().SequenceEqual(json))
            return null;
        _values[key] = json;
        return new(this, Happening.Update, key, old, json);
    }

    /// <summary>A key has no value any more; null: it had none.</summary>
    public TableEvent? Remove(string key)
    {
        _unnamed.Remove(key);
        return _values.Remove(key, out var old) ? new(this, Happening.Delete, key, old) : null;
    }

    /// <summary>All values have been named.</summary>
    public IEnumerable<TableEvent> End()
    {
        foreach (var gone in _unnamed.ToList())
        {
            if (Remove(gone) is { } deletion)
                yield return deletion;
        }
        Complete = true;
        yield return new(this, Happening.Complete);
    }

    public TableEvent Count(int restarts)
    {
        Restarts = restarts;
        return new(this, Happening.Restarted);
    }
}
