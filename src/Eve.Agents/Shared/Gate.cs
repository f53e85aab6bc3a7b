using Eve.Topics;

namespace Eve.Agents.Shared;

/// <summary>
/// What agents wait for at their start (walk-device.md 4). A gate tests a value, never that a publisher is there, and once passed it stays open.
/// Turns that pass in a gate are gone: subscribe to what you read by its <c>Changes</c> after the gates.
/// </summary>
internal static class Gate
{
    /// <summary>The device is onboarded, now or in an earlier boot.</summary>
    public static async Task<Guid> OnboardedAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var onboarding = agent.Subscribe(ZedclientTopics.OnboardingStatus);
        while (true)
        {
            await agent.ChangedAsync(cancellationToken);
            if (onboarding.Value is not { DeviceUUID: var uuid } || uuid == Guid.Empty)
                continue;
            PassOn(agent);
            return uuid;
        }
    }

    /// <summary>The vault is open and what lay in it has its present form.</summary>
    public static async Task VaultAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var vault = agent.Subscribe(VaultmgrTopics.VaultStatus);
        do
            await agent.ChangedAsync(cancellationToken);
        while (!vault.Any(v => v is { ConversionComplete: true } && v.Status != DataSecAtRestStatus.Error));
        PassOn(agent);
    }

    // What else came in the gate's turn is looked at by the agent's loop at once, not when something moves again.
    static void PassOn(AgentContext agent) => agent.WakeAt(agent.Elapsed);
}
