using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>One agent under supervision: its lives one after the other.</summary>
internal sealed partial class AgentLife(AgentEnvironment environment, DeviceOptions options, Func<IAgent> make) : IDisposable
{
    readonly CancellationTokenSource _stop = new();
    readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Life? _present;

    /// <summary>From one start of the agent to its end. One that hangs may end long after the next has begun.</summary>
    sealed class Life
    {
        public readonly TaskCompletionSource<TimeSpan> Hung = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public volatile AgentContext? Context;
    }

    public string Name => environment.Name;

    /// <summary>Completed when the agent has come to its first wait.</summary>
    public Task Begun => _begun.Task;

    /// <summary>It runs, or waits to be started again.</summary>
    public bool Supervised { get; private set; } = true;

    /// <summary>Ends the agent; what its callbacks throw is nobody's concern any more.</summary>
    public Task StopAsync() => _stop.CancelAsync();

    /// <summary>How long the present turn has lasted; a life whose turn is older than that is given up.</summary>
    public TimeSpan Watch(TimeSpan errorTime)
    {
        if (Volatile.Read(ref _present) is not { Context: { } context } life)
            return TimeSpan.Zero;
        var age = context.TurnAge;
        if (age > errorTime)
            life.Hung.TrySetResult(age);
        return age;
    }

    public async Task RunAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            for (var failures = 1; ; failures++)
            {
                var began = environment.Time.GetTimestamp();
                if (await LiveAsync() is not { } failure)
                    return;
                if (environment.Time.GetElapsedTime(began) > options.Failure.LongestPause)
                    failures = 1;
                if (!await GoesOnAsync(failure with { Failures = failures }))
                    return;
            }
        }
        finally
        {
            Supervised = false;
        }
    }

    async Task<bool> GoesOnAsync(AgentFailure failure)
    {
        if (_stop.IsCancellationRequested)
        {
            Log.FailedAtItsEnd(environment.Log, failure.Exception, Name);
            return false;
        }
        switch (options.Failure.Decide(failure))
        {
            case FailureAction.Reboot:
                throw new DeviceFailedException(failure);
            case FailureAction.Stop:
                Log.StaysDown(environment.Log, failure.Exception, Name);
                return false;
            default:
                var pause = options.Failure.Pause(failure.Failures);
                Log.StartsAgain(environment.Log, failure.Exception, Name, pause);
                await Task.Delay(pause, environment.Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return !_stop.IsCancellationRequested;
        }
    }

    /// <summary>One life; null when it ended as it should.</summary>
    async Task<AgentFailure?> LiveAsync()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var life = new Life();
        Volatile.Write(ref _present, life);
        var run = BeAsync(life, stop.Token);
        if (await Task.WhenAny(run, life.Hung.Task) == run)
            return Judge(await run);

        // It hangs. A turn that heeds its token ends now; one that does not is left to itself: its publications are closed to it.
        var age = await life.Hung.Task;
        var cancelling = stop.CancelAsync();
        await Task.WhenAny(Task.WhenAll(run, cancelling), Task.Delay(options.StopTime, environment.Time));
        if (!run.IsCompleted && life.Context is { } context)
            await context.AbandonAsync();
        return new(Name, null, age, 0);
    }

    AgentFailure? Judge(Exception? exception) => exception switch
    {
        null => null,
        OperationCanceledException when _stop.IsCancellationRequested => null,
        _ => new(Name, exception, TimeSpan.Zero, 0),
    };

    async Task<Exception?> BeAsync(Life life, CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            var agent = make();
            await using var context = new AgentContext(environment, cancellationToken);
            life.Context = context;
            var run = agent.RunAsync(context, cancellationToken);
            _begun.TrySetResult();
            await run;
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
        finally
        {
            life.Context = null;
        }
    }

    public void Dispose() => _stop.Dispose();

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Agent} failed and starts again in {Pause}")]
        public static partial void StartsAgain(ILogger log, Exception? exception, string agent, TimeSpan pause);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Agent} failed and stays down")]
        public static partial void StaysDown(ILogger log, Exception? exception, string agent);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Agent} failed while it ended")]
        public static partial void FailedAtItsEnd(ILogger log, Exception? exception, string agent);
    }
}
