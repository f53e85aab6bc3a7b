using System.Threading.Channels;

namespace Eve;

/// <summary>A stream in which every item counts (log lines, flow records), with one reader; unlike a topic it holds no state.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Capacity">So many items may wait; then the writer waits.</param>
public sealed record FeedTopic<T>(string Name, int Capacity = 1024);

/// <summary>The writing end of a feed.</summary>
public sealed class Feed<T>
{
    readonly FeedQueue<T> _queue;

    internal Feed(FeedQueue<T> queue) => _queue = queue;

    /// <summary>Hands over an item; waits while the feed is full.</summary>
    public async ValueTask WriteAsync(T item, CancellationToken cancellationToken)
    {
        await _queue.Items.Writer.WriteAsync(item, cancellationToken);
        _queue.Wake();
    }

    /// <summary>Hands over an item unless the feed is full.</summary>
    public bool TryWrite(T item)
    {
        if (!_queue.Items.Writer.TryWrite(item))
            return false;
        _queue.Wake();
        return true;
    }
}

/// <summary>What waits in a feed. It outlives its reader: what one life of an agent did not take is there for the next.</summary>
internal sealed class FeedQueue<T>(int capacity)
{
    Action? _wake;

    public Channel<T> Items { get; } = Channel.CreateBounded<T>(capacity);

    /// <summary>Wakes the reader, if there is one.</summary>
    public void Wake() => Volatile.Read(ref _wake)?.Invoke();

    public void Attach(Action wake) => Volatile.Write(ref _wake, wake);

    public void Detach(Action wake) => Interlocked.CompareExchange(ref _wake, null, wake);
}
