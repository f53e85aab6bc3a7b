using System.Threading.Channels;
using Eve.Testing;

namespace Eve.Benchmarks;

/// <summary>Subscribers that tell when the last value of a round has come to all of them.</summary>
abstract class Audience(int subscribers) : IAsyncDisposable
{
    readonly ManualResetEventSlim _all = new(true);
    int _rounds;
    int _missing;

    /// <summary>Sends the values in turn; the last one, which no other round has (what went and came back is no change), ends the round.</summary>
    public void Send(Status[] values, int times)
    {
        Last = Status.Of("", --_rounds);
        _all.Reset();
        Volatile.Write(ref _missing, subscribers);
        for (var i = 0; i < times - 1; i++)
            Publish(values[i & 1]);
        Publish(Last!);
    }

    /// <summary>Returns when every subscriber has seen the round's last value.</summary>
    public void AwaitAll() => _all.Wait();

    protected Status? Last { get; private set; }

    protected abstract void Publish(Status value);

    protected void Seen()
    {
        if (Interlocked.Decrement(ref _missing) == 0)
            _all.Set();
    }

    public abstract ValueTask DisposeAsync();
}

/// <summary>Agents on the bus.</summary>
sealed class AgentAudience : Audience
{
    readonly TestDevice _device = new(null, "bench");
    readonly Publication<Status> _publication;

    public AgentAudience(int subscribers) : base(subscribers)
    {
        _publication = new(_device.Bus, Status.Topic);
        for (var i = 0; i < subscribers; i++)
            _device.Start($"reader{i}", new Reader(this));
        _device.SettleAsync().GetAwaiter().GetResult();
    }

    protected override void Publish(Status value) => _publication.Publish("", value);

    public override ValueTask DisposeAsync() => _device.DisposeAsync();

    sealed class Reader(AgentAudience audience) : IAgent
    {
        public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
        {
            var status = agent.Subscribe(Status.Topic);
            while (true)
            {
                await agent.ChangedAsync(cancellationToken);
                if (status.Changed && ReferenceEquals(status.Value, audience.Last))
                    audience.Seen();
            }
        }
    }
}

/// <summary>The plain way: a queue for each subscriber, and a task that reads it.</summary>
sealed class ChannelAudience : Audience
{
    readonly Channel<Status>[] _channels;
    readonly Task[] _readers;

    public ChannelAudience(int subscribers) : base(subscribers)
    {
        _channels = [.. Enumerable.Range(0, subscribers).Select(_ => Channel.CreateUnbounded<Status>(new() { SingleReader = true, SingleWriter = true }))];
        _readers = [.. _channels.Select(c => Task.Run(() => ReadAsync(c.Reader)))];
    }

    protected override void Publish(Status value)
    {
        foreach (var channel in _channels)
            channel.Writer.TryWrite(value);
    }

    async Task ReadAsync(ChannelReader<Status> reader)
    {
        await foreach (var value in reader.ReadAllAsync())
        {
            if (ReferenceEquals(value, Last))
                Seen();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels)
            channel.Writer.Complete();
        await Task.WhenAll(_readers);
    }
}
