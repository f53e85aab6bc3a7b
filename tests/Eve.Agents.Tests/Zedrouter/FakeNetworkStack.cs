using System.Collections.Concurrent;
using System.Threading.Channels;
using Eve.Agents.Zedrouter;

namespace Eve.Tests.Zedrouter;

/// <summary>A machine in memory: it does what it is told, or fails as the test wants.</summary>
internal sealed class FakeNetworkStack : INetworkStack
{
    readonly Channel<string> _bell = Channel.CreateUnbounded<string>();
    readonly ConcurrentQueue<string> _done = new();

    public Dictionary<string, Item> Machine { get; init; } = [];
    public HashSet<string> Broken { get; } = [];
    public List<Lease> Leased { get; } = [];
    public string? Refusal { get; init; }

    /// <summary>What was done since the last look: + made, - removed, ~ changed.</summary>
    public IReadOnlyList<string> Done()
    {
        var done = _done.ToList();
        _done.Clear();
        return done;
    }

    public T? Find<T>(string id) where T : Item => Machine.GetValueOrDefault(id) as T;

    /// <summary>Something has changed; returns when the agent looks.</summary>
    public async Task RingAsync()
    {
        _looks = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _bell.Writer.TryWrite("");
        await _looks.Task.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
    }

    TaskCompletionSource _looks = new();

    public bool CanModify(Item from, Item to) => from is not TableRule && from.GetType() == to.GetType() && (from is not Vif vif || vif.App == ((Vif)to).App);

    public Task ApplyAsync(Operation operation, CancellationToken cancellationToken)
    {
        if (Broken.Contains(operation.Id))
            throw new EveException("it is broken");
        _done.Enqueue((operation.From is null ? "+" : operation.To is null ? "-" : "~") + operation.Id);
        if (operation.To is { } to)
            Machine[to.Id] = to;
        else
            Machine.Remove(operation.Id);
        return Task.CompletedTask;
    }

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task<IReadOnlyList<Item>> ReadAsync(bool filter, CancellationToken cancellationToken)
    {
        _looks.TrySetResult();
        return Task.FromResult<IReadOnlyList<Item>>([.. Machine.Values.Where(i => filter || i is not FilterPart)]);
    }

    public IAsyncEnumerable<string> WatchAsync(CancellationToken cancellationToken) => _bell.Reader.ReadAllAsync(cancellationToken);
    public IReadOnlyList<Lease> Leases() => [.. Leased];

    public Task<NetworkCounts> CountAsync(CancellationToken cancellationToken) => Task.FromResult(new NetworkCounts(
        [new("nbu1x1", 7, 100, 1, 0, 0, 2000, 20, 0, 3)],
        Machine.Values.OfType<FilterPart>().SelectMany(p => p.Objects).Where(o => o.Kind == "counter").ToDictionary(o => o.Name, o => o.Name.StartsWith("tx", StringComparison.Ordinal) ? 5ul : 6ul)));

    public Task StopAsync() => Task.CompletedTask;
}
