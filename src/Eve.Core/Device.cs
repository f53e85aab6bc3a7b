using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>Runs the agents, each for itself: one that fails is started again after a while, and what it had published stays.</summary>
public sealed partial class Device
{
    readonly IServiceProvider _services;
    readonly MemoryBus _bus;
    readonly DeviceOptions _options;
    readonly TimeProvider _time;
    readonly ILoggerFactory _logs;
    readonly EvePaths _paths;

    internal Device(IServiceProvider services)
    {
        _services = services;
        _bus = services.GetRequiredService<MemoryBus>();
        _options = services.GetRequiredService<DeviceOptions>();
        _time = services.GetRequiredService<TimeProvider>();
        _logs = services.GetRequiredService<ILoggerFactory>();
        _paths = services.GetRequiredService<EvePaths>();
    }

    /// <summary>The names of the registered agents, in the order in which they were added.</summary>
    public IReadOnlyList<string> Agents => [.. _services.GetServices<AgentRegistration>().Select(a => a.Name).Distinct()];

    /// <summary>Runs all agents until cancelled, then ends them, the last one registered first, within <see cref="DeviceOptions.StopTime"/>.</summary>
    /// <exception cref="DeviceFailedException">The failure policy wants a reboot.</exception>
    public Task RunAsync(CancellationToken cancellationToken) => RunAsync(Agents, cancellationToken);

    /// <summary>Runs one agent until it is done or cancelled.</summary>
    public Task RunAsync(string name, CancellationToken cancellationToken) => RunAsync([name], cancellationToken);

    /// <summary>Runs some of the agents until they are done or cancelled.</summary>
    /// <param name="names">Names of registered agents.</param>
    /// <param name="cancellationToken">Ends them in order.</param>
    /// <param name="args">What they were called with.</param>
    /// <param name="output">Where tools print; nowhere by default.</param>
    /// <exception cref="EveException">No agent is registered under one of the names.</exception>
    /// <exception cref="DeviceFailedException">The failure policy wants a reboot.</exception>
    public async Task RunAsync(IReadOnlyList<string> names, CancellationToken cancellationToken, IReadOnlyList<string>? args = null, TextWriter? output = null)
    {
        CheckNames(names);
        using var watching = new CancellationTokenSource();
        var lives = names.Select(name => new AgentLife(Environment(name, args ?? [], output ?? TextWriter.Null), _options, () => _services.GetRequiredKeyedService<IAgent>(name))).ToList();
        var watchdog = new Watchdog(lives, _paths, _options, _time, _logs.CreateLogger("watchdog")).RunAsync(watching.Token);
        var telling = TellStartAsync(lives, watching.Token);
        try
        {
            var runs = lives.Select(life => life.RunAsync()).ToList();
            await UntilDoneAsync(runs, cancellationToken);
            await StopAsync(lives, runs);
            await ThrowFailuresAsync(runs);
        }
        finally
        {
            await watching.CancelAsync();
            await watchdog;
            await telling;
            lives.ForEach(life => life.Dispose());
        }
    }

    void CheckNames(IReadOnlyList<string> names)
    {
        var known = Agents;
        if (names.FirstOrDefault(n => !known.Contains(n)) is { } unknown)
            throw new EveException($"No agent is registered as '{unknown}'; there are: {string.Join(", ", known)}.");
    }

    AgentEnvironment Environment(string name, IReadOnlyList<string> args, TextWriter output)
    {
        var publishesAs = _services.GetServices<AgentRegistration>().LastOrDefault(a => a.Name == name)?.PublishesAs ?? [name];
        return new(name, _bus, _time, _logs.CreateLogger(name), _paths) { PublishesAs = publishesAs, Args = args, Output = output };
    }

    async Task TellStartAsync(List<AgentLife> lives, CancellationToken cancellationToken)
    {
        var begun = Task.WhenAll(lives.Select(life => life.Begun));
        await begun.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (begun.IsCompletedSuccessfully)
            Log.AllRun(_logs.CreateLogger("device"), lives.Count);
    }

    // Returns when the caller wants an end, when all are done, or when one wants a reboot.
    static async Task UntilDoneAsync(List<Task> runs, CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(() => stopped.TrySetResult());
        var left = runs.ToList();
        while (left.Count > 0)
        {
            var first = await Task.WhenAny([.. left, stopped.Task]);
            if (first == stopped.Task || first.IsFaulted)
                return;
            left.Remove(first);
        }
    }

    // Each has half of the time that is left before the next is told: one that hangs leaves time to the others.
    async Task StopAsync(List<AgentLife> lives, List<Task> runs)
    {
        var began = _time.GetTimestamp();
        for (var i = lives.Count - 1; i >= 0; i--)
        {
            var stopping = lives[i].StopAsync();
            await EndedAsync(Task.WhenAll(runs[i], stopping), (_options.StopTime - _time.GetElapsedTime(began)) / 2);
        }
        await EndedAsync(Task.WhenAll(runs), _options.StopTime - _time.GetElapsedTime(began));

        var log = _logs.CreateLogger("device");
        foreach (var (life, run) in lives.Zip(runs))
        {
            if (!run.IsCompleted)
                Log.DoesNotEnd(log, life.Name, _options.StopTime);
        }
    }

    async Task EndedAsync(Task ended, TimeSpan patience)
    {
        if (patience > TimeSpan.Zero)
            await ended.WaitAsync(patience, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    static async Task ThrowFailuresAsync(List<Task> runs)
    {
        foreach (var run in runs.Where(r => r.IsFaulted))
            await run;
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "All {Count} agents run")]
        public static partial void AllRun(ILogger log, int count);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Agent} does not end within {Time}")]
        public static partial void DoesNotEnd(ILogger log, string agent, TimeSpan time);
    }
}
