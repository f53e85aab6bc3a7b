namespace Eve.Topics;

/// <summary>What zedclient publishes.</summary>
public static class ZedclientTopics
{
    public static readonly Topic<MetricsMap> MetricsMap = new(AgentNames.Zedclient);
    public static readonly Topic<OnboardingStatus> OnboardingStatus = new(AgentNames.Zedclient, Persistent: true);
}
