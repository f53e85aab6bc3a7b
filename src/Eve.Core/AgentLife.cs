using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>One agent under supervision: its lives one after the other.</summary>
internal sealed partial class AgentLife(AgentEnvironment environment, DeviceOptions options, Func<IAgent> make) : IDisposable
{
    readonly CancellationTokenSource _stop = new();
    AgentContext? _context;
    TaskCompletionSource<TimeSpan> _hung = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => environment.Name;

    /// <summary>How long the present turn has lasted.</summary>
    public TimeSpan TurnAge => Volatile.Read(ref _context)?.TurnAge ?? TimeSpan.Zero;

    /// <summary>It runs, or waits to be started again.</summary>
    public bool Supervised { get; private set; } = true;

    public void Stop() => _stop.Cancel();

    /// <summary>The watchdog has given up on the present life.</summary>
    public void GiveUp(TimeSpan age) => Volatile.Read(ref _hung).TrySetResult(age);

    public async Task RunAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            for (var failures = 1; ; failures++)
            {
                var began = environment.Time.GetTimestamp();
                if (await LiveAsync(failures) is not { } failure)
                    return;
                if (environment.Time.GetElapsedTime(began) > options.Failure.LongestPause)
                    failure = failure with { Failures = failures = 1 };
                if (!await GoesOnAsync(failure))
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
        var pause = options.Failure.Pause(failure.Failures);
        switch (options.Failure.Decide(failure))
        {
            case FailureAction.Reboot:
                throw new DeviceFailedException(failure);
            case FailureAction.Stop:
                Log.StaysDown(environment.Log, failure.Exception, Name);
                return false;
            default:
                Log.StartsAgain(environment.Log, failure.Exception, Name, pause);
                await Task.Delay(pause, environment.Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return !_stop.IsCancellationRequested;
        }
    }

    /// <summary>One life; null when it ended as it should.</summary>
    async Task<AgentFailure?> LiveAsync(int failures)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var hung = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _hung, hung);
        var run = BeAsync(stop.Token);
        if (await Task.WhenAny(run, hung.Task) == run)
            return Judge(await run, failures);

        // It hangs. A turn that heeds its token ends now; one that does not is left to itself: its publications are closed to it.
        var age = await hung.Task;
        await stop.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (await Task.WhenAny(run, Task.Delay(options.StopTime, environment.Time)) != run && Volatile.Read(ref _context) is { } context)
            await context.AbandonAsync();
        return new(Name, null, age, failures);
    }

    AgentFailure? Judge(Exception? exception, int failures) => exception switch
    {
        null => null,
        OperationCanceledException when _stop.IsCancellationRequested => null,
        _ => new(Name, exception, TimeSpan.Zero, failures),
    };

    async Task<Exception?> BeAsync(CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            var agent = make();
            await using var context = new AgentContext(environment, cancellationToken);
            Volatile.Write(ref _context, context);
            await agent.RunAsync(context, cancellationToken);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
        finally
        {
            Volatile.Write(ref _context, null);
        }
    }

    public void Dispose() => _stop.Dispose();

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Agent} failed and starts again in {Pause}")]
        public static partial void StartsAgain(ILogger log, Exception? exception, string agent, TimeSpan pause);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Agent} failed and stays down")]
        public static partial void StaysDown(ILogger log, Exception? exception, string agent);
    }
}
