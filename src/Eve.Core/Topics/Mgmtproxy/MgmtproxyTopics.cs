namespace Eve.Topics;

/// <summary>What mgmtproxy publishes.</summary>
public static class MgmtproxyTopics
{
    public static readonly Topic<MetricsMap> MetricsMap = new(AgentNames.Mgmtproxy);
}
