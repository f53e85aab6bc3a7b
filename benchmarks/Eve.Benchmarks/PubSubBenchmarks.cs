using BenchmarkDotNet.Attributes;

namespace Eve.Benchmarks;

/// <summary>
/// What it costs to publish a record that differs from the former one, alone and until all agents have seen the last one;
/// an unbounded channel for each subscriber, which keeps every value, stands beside it.
/// </summary>
[MemoryDiagnoser]
[InProcess]
[WarmupCount(8)]
[IterationCount(30)]
public class PubSubBenchmarks
{
    const int Publishes = 200_000;

    readonly Status[] _values = [Status.Of("", 1), Status.Of("", 2)];
    Audience _agents = null!;
    Audience _channels = null!;

    [Params(1, 4, 16)]
    public int Subscribers { get; set; }

    [GlobalSetup]
    public void Start() => (_agents, _channels) = (new AgentAudience(Subscribers), new ChannelAudience(Subscribers));

    [IterationCleanup]
    public void Settle()
    {
        _agents.AwaitAll();
        _channels.AwaitAll();
    }

    [GlobalCleanup]
    public async Task StopAsync()
    {
        await _agents.DisposeAsync();
        await _channels.DisposeAsync();
    }

    [Benchmark(OperationsPerInvoke = Publishes)]
    public void Publish() => _agents.Send(_values, Publishes);

    [Benchmark(OperationsPerInvoke = Publishes)]
    public void PublishUntilSeen()
    {
        _agents.Send(_values, Publishes);
        _agents.AwaitAll();
    }

    [Benchmark(OperationsPerInvoke = Publishes)]
    public void ChannelPublish() => _channels.Send(_values, Publishes);

    [Benchmark(OperationsPerInvoke = Publishes)]
    public void ChannelPublishUntilSeen()
    {
        _channels.Send(_values, Publishes);
        _channels.AwaitAll();
    }
}
