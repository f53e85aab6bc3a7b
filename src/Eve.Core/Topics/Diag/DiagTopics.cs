namespace Eve.Topics;

/// <summary>What diag publishes.</summary>
public static class DiagTopics
{
    public static readonly Topic<MetricsMap> MetricsMap = new(AgentNames.Diag);
}
