namespace Eve.Topics;

/// <summary>What nodeagent publishes.</summary>
public static class NodeagentTopics
{
    public static readonly Topic<NodeAgentStatus> NodeAgentStatus = new(AgentNames.Nodeagent);
    public static readonly Topic<ZbootConfig> ZbootConfig = new(AgentNames.Nodeagent);
}
