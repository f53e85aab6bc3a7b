namespace Eve.Topics;

/// <summary>What zfsmanager publishes.</summary>
public static class ZfsmanagerTopics
{
    public static readonly Topic<ZFSPoolMetrics> ZFSPoolMetrics = new(AgentNames.Zfsmanager);
    public static readonly Topic<ZFSPoolStatus> ZFSPoolStatus = new(AgentNames.Zfsmanager);
    public static readonly Topic<ZVolStatus> ZVolStatus = new(AgentNames.Zfsmanager);
}
