namespace Eve.Tests;

/// <summary>Agents made of a function.</summary>
internal static class TestAgents
{
    public static IAgent Of(Func<AgentContext, CancellationToken, Task> run) => new Lambda(run);

    /// <summary>Names its inputs and outputs once, then takes the turn that it returned.</summary>
    public static IAgent Loop(Func<AgentContext, Action> begin) => Of(async (agent, cancellationToken) =>
    {
        var turn = begin(agent);
        while (true)
        {
            await agent.ChangedAsync(cancellationToken);
            turn();
        }
    });

    /// <summary>Waits until cancelled.</summary>
    public static Task Forever(CancellationToken cancellationToken) => new TaskCompletionSource().Task.WaitAsync(cancellationToken);

    /// <summary>Waits until cancelled, and returns then.</summary>
    public static Task UntilCancelled(CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellationToken.Register(cancelled.SetResult);
        return cancelled.Task;
    }

    sealed class Lambda(Func<AgentContext, CancellationToken, Task> run) : IAgent
    {
        public Task RunAsync(AgentContext agent, CancellationToken cancellationToken) => run(agent, cancellationToken);
    }
}

/// <summary>Waits for what no task tells: yields until it is so, and fails after a while.</summary>
internal static class Soon
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static async Task Async(Func<bool> condition, Action? meanwhile = null)
    {
        using var deadline = new CancellationTokenSource(Limit, TimeProvider.System);
        while (!condition())
        {
            deadline.Token.ThrowIfCancellationRequested();
            meanwhile?.Invoke();
            await Task.Yield();
        }
    }

    public static Task WithinLimit(this Task task) => task.WaitAsync(Limit, TimeProvider.System);

    public static Task<T> WithinLimit<T>(this Task<T> task) => task.WaitAsync(Limit, TimeProvider.System);
}
