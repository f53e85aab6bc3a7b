using System.Collections;
using System.Text;

namespace Eve;

/// <summary>An agent's own topic. It begins with what the bus or the disk still holds from before the agent was restarted.</summary>
public sealed class Publication<T> : IReadOnlyCollection<T> where T : class, ITopic<T>
{
    const int LongestKey = 255 - 5;     // a file name with ".json" behind it

    readonly Topic<T> _topic;
    readonly TopicStore _store;
    readonly Dictionary<string, object> _values;
    readonly CancellationToken _ended;
    bool _complete;

    internal Publication(MemoryBus bus, Topic<T> topic, CancellationToken ended = default)
    {
        (_topic, _store, _ended) = (topic, bus.Of(topic), ended);
        _values = _store.Snapshot();
        if (topic.Publisher.Length > 0 || !_store.Announced.Published)      // one of a global table's many publishers does not speak for the others
            _store.Announce(complete: false);
        bus.Serve(topic);
    }

    /// <summary>What is published under a key; null if nothing is.</summary>
    public T? this[string key] => (T?)_values.GetValueOrDefault(key);

    /// <summary>The only value of a topic with a single key.</summary>
    public T? Value
    {
        get
        {
            foreach (var value in _values.Values)
                return (T)value;
            return null;
        }
    }

    /// <inheritdoc />
    public int Count => _values.Count;

    /// <summary>The keys that are published.</summary>
    public IReadOnlyCollection<string> Keys => _values.Keys;

    /// <summary>Publishes a value under its usual key. An equal value goes nowhere. Never waits; a persistent topic is written behind it.</summary>
    public void Publish(T value) => Publish(value.Key, value);

    /// <summary>Publishes a value under a key of the caller's.</summary>
    /// <exception cref="EveException">The key has a <c>/</c> or a NUL, or is longer than a file name may be (device-agents.md 1.1).</exception>
    public void Publish(string key, T value)
    {
        CheckAlive();
        if (!_values.ContainsKey(key))
            CheckKey(key);
        _values[key] = value;
        _store.Publish(key, value);
    }

    /// <summary>Publishes, and returns once the value is safe on disk: for an effect that depends on it.</summary>
    /// <exception cref="EveException">The value could not be written; it is tried again behind the caller's back.</exception>
    public Task PublishAsync(T value, CancellationToken cancellationToken)
    {
        Publish(value);
        return _store.SafeAsync(value.Key, cancellationToken);
    }

    /// <summary>Withdraws a key; an unknown one is no error.</summary>
    public void Remove(string key)
    {
        CheckAlive();
        _values.Remove(key);
        _store.Publish(key, null);
    }

    /// <summary>Withdraws a key, and returns once that is safe on disk.</summary>
    public Task RemoveAsync(string key, CancellationToken cancellationToken)
    {
        Remove(key);
        return _store.SafeAsync(key, cancellationToken);
    }

    /// <summary>Publishes exactly these: what is new or different goes out, what is missing is withdrawn. The first call completes the set.</summary>
    /// <exception cref="InvalidOperationException">The topic is global: several agents publish it.</exception>
    public void Replace(IEnumerable<T> values)
    {
        if (_topic.Publisher.Length == 0)
            throw new InvalidOperationException($"{_topic} is open to all agents: publish or remove single keys.");
        var gone = _values.Keys.ToHashSet();
        foreach (var value in values)
        {
            gone.Remove(value.Key);
            Publish(value);
        }
        foreach (var key in gone)
            Remove(key);
        if (!_complete)
            SignalRestarted();
    }

    /// <summary>Says that the set is complete: from now on a missing key means "not wanted". Once is enough.</summary>
    public void SignalRestarted()
    {
        CheckAlive();
        if (_complete)
            return;
        _complete = true;
        _store.Announce(complete: true);
    }

    void CheckAlive()
    {
        if (_ended.IsCancellationRequested)
            throw new ObjectDisposedException(_topic.ToString(), "The agent has ended; another life of it may publish by now.");
    }

    void CheckKey(string key)
    {
        if (key.AsSpan().ContainsAny('/', '\0'))
            throw new EveException($"{_topic}: the key '{key}' cannot name a file: it has a '/' or a NUL; leave them out.");
        if (Encoding.UTF8.GetByteCount(key) > LongestKey)
            throw new EveException($"{_topic}: the key '{key}' cannot name a file: it has more than {LongestKey} bytes; shorten it.");
    }

    /// <inheritdoc />
    public IEnumerator<T> GetEnumerator()
    {
        foreach (var value in _values.Values)
            yield return (T)value;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
