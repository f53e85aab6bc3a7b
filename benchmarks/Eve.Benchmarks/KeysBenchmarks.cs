using BenchmarkDotNet.Attributes;

namespace Eve.Benchmarks;

/// <summary>One key of many changes: the reader is woken once and is handed that one, however many there are.</summary>
[MemoryDiagnoser]
[InProcess]
[IterationCount(15)]
public class KeysBenchmarks
{
    const string Key = "7";

    readonly Status[] _values = [Status.Of(Key, 1), Status.Of(Key, 2)];
    Publication<Status> _publication = null!;
    Subscription<Status> _subscription = null!;
    int _turn;
    int _wakes;

    [Params(10, 10_000, 100_000)]
    public int Keys { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        var bus = new MemoryBus(["bench"]);
        _publication = new(bus, Status.Topic);
        for (var key = 0; key < Keys; key++)
            _publication.Publish(Status.Of($"{key}", 0));
        _subscription = new(bus, Status.Topic, () => _wakes++);
        ((IInput)_subscription).Advance();
    }

    [Benchmark]
    public int OneChanges()
    {
        _wakes = 0;
        _publication.Publish(_values[_turn++ & 1]);
        ((IInput)_subscription).Advance();
        return _subscription.Changes is [{ Key: Key }] && _wakes == 1 ? _subscription.Count : throw new InvalidOperationException("More than the one was delivered.");
    }
}
