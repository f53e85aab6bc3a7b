namespace Eve;

/// <summary>The bus for code outside agents: a web page, a test, another service of the same process.</summary>
public interface IBus
{
    /// <summary>The value under a key now; null if there is none.</summary>
    T? Read<T>(Topic<T> topic, string key) where T : class, ITopic<T>;

    /// <summary>All values of a topic now.</summary>
    IReadOnlyList<(string Key, T Value)> ReadAll<T>(Topic<T> topic) where T : class, ITopic<T>;

    /// <summary>First what is there, each as a change without an old value, then every change (coalesced for a key), until cancelled.</summary>
    IAsyncEnumerable<Change<T>> FollowAsync<T>(Topic<T> topic, CancellationToken cancellationToken = default) where T : class, ITopic<T>;

    /// <summary>A publication of code outside agents. Its publisher must be one that no agent of the device stands for, or "" (global).</summary>
    /// <exception cref="InvalidOperationException">An agent of this device publishes under that name.</exception>
    Publication<T> Publish<T>(Topic<T> topic) where T : class, ITopic<T>;
}

internal sealed class Bus(MemoryBus bus) : IBus
{
    public T? Read<T>(Topic<T> topic, string key) where T : class, ITopic<T> => (T?)bus.Of(topic).Read(key);

    public IReadOnlyList<(string Key, T Value)> ReadAll<T>(Topic<T> topic) where T : class, ITopic<T> =>
        [.. bus.Of(topic).Snapshot().Select(p => (p.Key, (T)p.Value))];

    public async IAsyncEnumerable<Change<T>> FollowAsync<T>(
        Topic<T> topic, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default) where T : class, ITopic<T>
    {
        var bell = new Doorbell();
        using var ring = cancellationToken.Register(bell.Ring);
        var subscription = new Subscription<T>(bus, topic, bell.Ring);
        IInput input = subscription;
        try
        {
            while (true)
            {
                input.Advance();
                foreach (var change in subscription.Changes)
                    yield return change;
                await bell.WaitAsync();
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await input.CloseAsync();
        }
    }

    public Publication<T> Publish<T>(Topic<T> topic) where T : class, ITopic<T> =>
        topic.Publisher.Length > 0 && bus.Expects(topic.Publisher)
            ? throw new InvalidOperationException($"{topic} belongs to the agent that runs as {topic.Publisher}.")
            : new(bus, topic);
}
