using System.Threading.Channels;

namespace Eve;

/// <summary>A stream in which every item counts (log lines, flow records), with one reader; unlike a topic it holds no state.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Capacity">So many items may wait; then the writer waits.</param>
public sealed record FeedTopic<T>(string Name, int Capacity = 1024);

/// <summary>The writing end of a feed.</summary>
public sealed class Feed<T>
{
    readonly ChannelWriter<T> _writer;

    internal Feed(Channel<T> channel) => _writer = channel.Writer;

    /// <summary>Hands over an item; waits while the feed is full.</summary>
    public ValueTask WriteAsync(T item, CancellationToken cancellationToken) => _writer.WriteAsync(item, cancellationToken);

    /// <summary>Hands over an item unless the feed is full.</summary>
    public bool TryWrite(T item) => _writer.TryWrite(item);
}
