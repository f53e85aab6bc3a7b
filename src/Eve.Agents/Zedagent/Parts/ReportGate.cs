using Eve.Topics;

namespace Eve.Agents.Zedagent.Parts;

/// <summary>What the reporting parts wait for: the device is onboarded, and the configuration's part has come through its own gates.</summary>
internal static class ReportGate
{
    /// <returns>The device.</returns>
    public static async Task<Guid> OpenAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var onboarding = agent.Subscribe(ZedclientTopics.OnboardingStatus);
        var status = agent.Subscribe(ZedagentTopics.ZedAgentStatus);
        var network = agent.Subscribe(NimTopics.DeviceNetworkStatus);
        while (onboarding.Value is not { } onboarded || onboarded.DeviceUUID == Guid.Empty)
            await agent.ChangedAsync(cancellationToken);
        while (status.Value is null || network.Value is null)
            await agent.ChangedAsync(cancellationToken);
        return onboarding.Value.DeviceUUID;
    }
}
