namespace Eve.Topics;

/// <summary>What wwan publishes.</summary>
public static class WwanTopics
{
    public static readonly Topic<CipherBlockStatus> CipherBlockStatus = new(AgentNames.Wwan);
    public static readonly Topic<CipherMetrics> CipherMetrics = new(AgentNames.Wwan);
    public static readonly Topic<WwanLocationInfo> WwanLocationInfo = new(AgentNames.Wwan);
    public static readonly Topic<WwanMetrics> WwanMetrics = new(AgentNames.Wwan);
    public static readonly Topic<WwanStatus> WwanStatus = new(AgentNames.Wwan);
}
