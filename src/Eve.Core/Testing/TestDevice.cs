using Eve.Topics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Eve.Testing;

/// <summary>A device for tests: the agents that are started, everything else is the test.</summary>
public sealed class TestDevice : IAsyncDisposable
{
    readonly List<(AgentContext Context, Task Run, CancellationTokenSource Stop)> _agents = [];
    readonly CancellationTokenSource _stop = new();
    readonly TimeProvider _time;
    readonly EvePaths _paths;
    readonly ILogger _log;

    /// <summary>A device in memory.</summary>
    /// <param name="time">The clock; a FakeTimeProvider in most tests.</param>
    /// <param name="publishers">The names for which the test publishes, or its agents; topics of others are complete and empty.</param>
    public TestDevice(TimeProvider? time = null, params string[] publishers) : this(new EvePaths("/nonexistent"), time, null, publishers)
    {
    }

    /// <summary>A device with a root of its own.</summary>
    /// <param name="paths">Below a temporary folder, as a rule.</param>
    /// <param name="time">The clock; a FakeTimeProvider in most tests.</param>
    /// <param name="log">Where the agents log to; nowhere by default.</param>
    /// <param name="publishers">The names for which the test publishes, or its agents.</param>
    public TestDevice(EvePaths paths, TimeProvider? time, ILogger? log, params string[] publishers)
    {
        (_time, _paths, _log) = (time ?? TimeProvider.System, paths, log ?? NullLogger.Instance);
        Bus = new(publishers);
        if (Bus.Expects(AgentNames.Zedagent))
            Publish(ZedagentTopics.ConfigItemValueMap, new ConfigItemValueMap());       // no agent runs without items; remove it to see them wait
    }

    /// <summary>So long <see cref="SettleAsync"/> waits (default: 10 s).</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    internal MemoryBus Bus { get; }

    /// <summary>The bus as code outside agents sees it.</summary>
    public IBus Outside => new Bus(Bus);

    /// <summary>Starts an agent; the source that is returned stops it.</summary>
    public CancellationTokenSource Start(string name, IAgent agent, params string[] publishesAs) => Start(name, agent, [], TextWriter.Null, publishesAs);

    /// <summary>Starts an agent with arguments and an output.</summary>
    public CancellationTokenSource Start(string name, IAgent agent, IReadOnlyList<string> args, TextWriter output, params string[] publishesAs)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var environment = new AgentEnvironment(name, Bus, _time, _log, _paths)
        {
            PublishesAs = publishesAs is [] ? [name] : publishesAs, Args = args, Output = output,
        };
        var context = new AgentContext(environment, stop.Token);
        _agents.Add((context, Task.Run(() => LiveAsync(agent, context, stop.Token)), stop));
        return stop;
    }

    static async Task LiveAsync(IAgent agent, AgentContext context, CancellationToken cancellationToken)
    {
        await using (context)
            await agent.RunAsync(context, cancellationToken);
    }

    /// <summary>Publishes in another agent's place.</summary>
    public void Publish<T>(Topic<T> topic, T value) where T : class, ITopic<T> => Bus.Of(topic).Publish(value.Key, value);

    /// <summary>Publishes under a key of the test's.</summary>
    public void Publish<T>(Topic<T> topic, string key, T value) where T : class, ITopic<T> => Bus.Of(topic).Publish(key, value);

    /// <summary>Withdraws a key.</summary>
    public void Remove<T>(Topic<T> topic, string key) where T : class, ITopic<T> => Bus.Of(topic).Publish(key, null);

    /// <summary>Speaks for a publisher: it has started (false), or its set is complete (true).</summary>
    public void Announce<T>(Topic<T> topic, bool complete = true) where T : class, ITopic<T> => Bus.Of(topic).Announce(complete);

    /// <summary>The value under a key; null if there is none.</summary>
    public T? Read<T>(Topic<T> topic, string key) where T : class, ITopic<T> => (T?)Bus.Of(topic).Read(key);

    /// <summary>All values of a topic.</summary>
    public IReadOnlyDictionary<string, T> ReadAll<T>(Topic<T> topic) where T : class, ITopic<T> => Bus.Of(topic).Snapshot().ToDictionary(p => p.Key, p => (T)p.Value);

    /// <summary>Whether the topic's publisher has said that its set is complete.</summary>
    public bool IsReady<T>(Topic<T> topic) where T : class, ITopic<T> => Bus.Of(topic).Announced.Restarts > 0;

    /// <summary>Returns when every agent waits with nothing pending and no job running; rethrows an agent's exception, names the one that does not come to rest.</summary>
    /// <param name="jobs">False: jobs may still run (they wait for the test, or for its clock).</param>
    public async Task SettleAsync(bool jobs = true)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            foreach (var (_, run, stop) in _agents)
            {
                if (run.IsFaulted || (run.IsCanceled && !stop.IsCancellationRequested))
                    await run;
            }
            if (TimeProvider.System.GetElapsedTime(since) > Patience)
                throw new TimeoutException($"Busy for {Patience.TotalSeconds} s: " + string.Join(", ", _agents.Where(a => !a.Run.IsCompleted && !a.Context.Idle(jobs)).Select(a => a.Context.Name)));
            var turns = Turns();
            if (Idle(jobs) && Idle(jobs) && turns == Turns())
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }

    // One agent may wake another that was already looked at: nothing may have moved between two looks.
    bool Idle(bool jobs) => _agents.All(a => a.Run.IsCompleted || a.Context.Idle(jobs));
    long Turns() => _agents.Sum(a => a.Context.Turns);

    /// <summary>Stops all agents.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (_, run, _) in _agents)
            await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Bus.DisposeAsync();
        _stop.Dispose();
    }
}
