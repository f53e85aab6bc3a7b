using System.Threading.Channels;

namespace Eve;

/// <summary>Events from outside the bus (a kernel monitor, a libvirt callback), each of them seen once; the source waits when the agent lags.</summary>
public sealed class Inbox<T> : IInput
{
    const int Capacity = 1024;

    readonly Channel<T> _queue = Channel.CreateBounded<T>(new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });
    readonly List<T> _items = [];
    readonly CancellationTokenSource _stop;
    readonly AgentContext _agent;
    readonly Task _pump;

    internal Inbox(AgentContext agent, Func<CancellationToken, IAsyncEnumerable<T>> source, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _agent = agent;
        _pump = PumpAsync(source, _stop.Token);
    }

    /// <summary>What came in since the former turn.</summary>
    public IReadOnlyList<T> Items => _items;

    async Task PumpAsync(Func<CancellationToken, IAsyncEnumerable<T>> source, CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await foreach (var item in source(cancellationToken))
            {
                await _queue.Writer.WriteAsync(item, cancellationToken);
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

    void IInput.Advance()
    {
        _items.Clear();
        for (var n = _queue.Reader.Count; n > 0 && _queue.Reader.TryRead(out var item); n--)
            _items.Add(item);
        if (_queue.Reader.Count > 0)
            _agent.Wake();
    }

    async Task IInput.CloseAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _pump;
        _stop.Dispose();
    }
}
