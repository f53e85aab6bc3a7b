namespace Eve.Topics;

/// <summary>What edgeview publishes.</summary>
public static class EdgeviewTopics
{
    public static readonly Topic<EdgeviewStatus> EdgeviewStatus = new(AgentNames.Edgeview);
}
