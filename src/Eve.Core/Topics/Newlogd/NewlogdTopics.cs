namespace Eve.Topics;

/// <summary>What newlogd publishes.</summary>
public static class NewlogdTopics
{
    public static readonly Topic<NewlogMetrics> NewlogMetrics = new(AgentNames.Newlogd);
}
