using System.Threading.Channels;

namespace Eve;

/// <summary>Events from outside the bus (a kernel monitor, a libvirt callback) or from a feed, each of them seen once; the source waits when the agent lags.</summary>
public sealed class Inbox<T> : IInput
{
    const int Capacity = 1024;

    readonly AgentContext _agent;
    readonly ChannelReader<T> _queue;
    readonly Func<Task> _close;
    readonly List<T> _items = [];

    /// <summary>The reading end of a feed.</summary>
    internal Inbox(AgentContext agent, FeedQueue<T> feed)
    {
        (_agent, _queue) = (agent, feed.Items.Reader);
        var wake = agent.Wake;
        feed.Attach(wake);
        _close = () =>
        {
            feed.Detach(wake);
            return Task.CompletedTask;
        };
    }

    internal Inbox(AgentContext agent, Func<CancellationToken, IAsyncEnumerable<T>> source, CancellationToken cancellationToken)
    {
        var queue = Channel.CreateBounded<T>(new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        (_agent, _queue) = (agent, queue.Reader);
        var pump = PumpAsync(source, queue.Writer, stop.Token);
        _close = async () =>
        {
            await stop.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await pump;
            stop.Dispose();
        };
    }

    /// <summary>What came in since the former turn.</summary>
    public IReadOnlyList<T> Items => _items;

    async Task PumpAsync(Func<CancellationToken, IAsyncEnumerable<T>> source, ChannelWriter<T> queue, CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await foreach (var item in source(cancellationToken))
            {
                await queue.WriteAsync(item, cancellationToken);
                _agent.Wake();
            }
            if (!cancellationToken.IsCancellationRequested)
                _agent.Fail(new EndOfStreamException($"{_agent.Name}: its source of {typeof(T).Name} has ended."));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            _agent.Fail(exception);
        }
    }

    // Not more than waits now: a source that is faster than the agent does not make the turn endless.
    void IInput.Advance()
    {
        _items.Clear();
        for (var n = _queue.Count; n > 0 && _queue.TryRead(out var item); n--)
            _items.Add(item);
        if (_queue.Count > 0)
            _agent.Wake();
    }

    Task IInput.CloseAsync() => _close();
}
