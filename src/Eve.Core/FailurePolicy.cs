namespace Eve;

/// <summary>What becomes of an agent that failed.</summary>
public enum FailureAction
{
    /// <summary>It starts again after a pause; its publications stay.</summary>
    Restart,

    /// <summary>It stays down; the others go on.</summary>
    Stop,

    /// <summary>The whole device ends with a <see cref="DeviceFailedException"/>: its host reboots.</summary>
    Reboot,
}

/// <summary>An agent's failure.</summary>
/// <param name="Agent">Its name.</param>
/// <param name="Exception">What it threw; null when it hangs.</param>
/// <param name="Hung">How long its turn has lasted, when it hangs.</param>
/// <param name="Failures">How many times in a row it has failed, this one included.</param>
public readonly record struct AgentFailure(string Agent, Exception? Exception, TimeSpan Hung, int Failures);

/// <summary>Decides over agents that fail or hang: by default they start again, after 1 s at first, 60 s at most.</summary>
public sealed record FailurePolicy
{
    /// <summary>The pause after the first failure (default: 1 s); each further one doubles it.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause (default: 1 min). An agent that ran longer than this has recovered: the next pause is the first one again.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>What to do (default: always start again).</summary>
    public Func<AgentFailure, FailureAction> Decide { get; init; } = static _ => FailureAction.Restart;

    internal TimeSpan Pause(int failures) =>
        failures > 20 ? LongestPause : TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << (failures - 1), LongestPause.Ticks));
}

/// <summary>An agent failed in a way after which the device must be rebooted (<see cref="FailureAction.Reboot"/>).</summary>
public sealed class DeviceFailedException : EveException
{
    internal DeviceFailedException(AgentFailure failure)
        : base(failure.Exception is { } e ? $"{failure.Agent} failed: {e.Message}" : $"{failure.Agent} hangs since {failure.Hung}.", failure.Exception!) =>
        Agent = failure.Agent;

    /// <summary>The agent's name.</summary>
    public string Agent { get; }
}
