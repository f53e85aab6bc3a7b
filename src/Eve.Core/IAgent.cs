namespace Eve;

/// <summary>A microservice of the device: one loop over its inputs. It keeps its state in locals, so that a restart starts anew.</summary>
public interface IAgent
{
    /// <summary>Runs until cancelled, or until the agent's work is done (one-shot agents).</summary>
    /// <exception cref="Exception">Ends this life of the agent: the device's <see cref="FailurePolicy"/> decides what follows.</exception>
    Task RunAsync(AgentContext agent, CancellationToken cancellationToken);
}

/// <summary>Something whose state an agent sees as it was at the start of the turn.</summary>
internal interface IInput
{
    void Advance();

    /// <summary>The agent has ended: ends what it started, and waits for that.</summary>
    Task CloseAsync();
}
