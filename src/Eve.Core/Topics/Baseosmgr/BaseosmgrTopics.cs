namespace Eve.Topics;

/// <summary>What baseosmgr publishes.</summary>
public static class BaseosmgrTopics
{
    public static readonly Topic<BaseOSMgrStatus> BaseOSMgrStatus = new(AgentNames.Baseosmgr);
    public static readonly Topic<BaseOsStatus> BaseOsStatus = new(AgentNames.Baseosmgr);
    public static readonly Topic<NodeDrainRequest> NodeDrainRequest = new(AgentNames.Baseosmgr);
    public static readonly Topic<ZbootStatus> ZbootStatus = new(AgentNames.Baseosmgr, Barrier: true);
}
