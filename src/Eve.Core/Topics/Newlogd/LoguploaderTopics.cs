namespace Eve.Topics;

/// <summary>What loguploader publishes.</summary>
public static class LoguploaderTopics
{
    public static readonly Topic<MetricsMap> MetricsMap = new(AgentNames.Loguploader);
    public static readonly Topic<NewlogMetrics> NewlogMetrics = new(AgentNames.Loguploader);
}
