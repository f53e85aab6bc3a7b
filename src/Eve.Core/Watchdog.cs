using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>Looks at every agent's turn: touches /run/AGENT.touch while it is young enough, names the slow, gives up on the hung (device-agents.md 2.3).</summary>
internal sealed partial class Watchdog(IReadOnlyList<AgentLife> lives, EvePaths paths, DeviceOptions options, TimeProvider time, ILogger log)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (var life in lives.Where(l => l.Supervised))
                Look(life);
            await Task.Delay(options.WatchdogInterval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    void Look(AgentLife life)
    {
        var age = life.Watch(options.ErrorTime);
        if (age > options.ErrorTime)
        {
            Log.Hangs(log, life.Name, age);
            return;
        }
        if (age > options.WarningTime)
            Log.Slow(log, life.Name, age);
        if (options.Persist)
            Touch(life.Name);
    }

    void Touch(string name)
    {
        var file = Path.Combine(paths.Run, name + ".touch");
        try
        {
            Directory.CreateDirectory(paths.Run);
            using (File.Open(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite))
            {
            }
            File.SetLastWriteTimeUtc(file, time.GetUtcNow().UtcDateTime);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.CannotTouch(log, file, exception.Message);
        }
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Agent} hangs: its turn has lasted {Age}")]
        public static partial void Hangs(ILogger log, string agent, TimeSpan age);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Agent} is slow: its turn has lasted {Age}")]
        public static partial void Slow(ILogger log, string agent, TimeSpan age);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Cannot touch {File}: {Reason}")]
        public static partial void CannotTouch(ILogger log, string file, string reason);
    }
}
