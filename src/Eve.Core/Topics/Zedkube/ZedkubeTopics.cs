namespace Eve.Topics;

/// <summary>What zedkube publishes.</summary>
public static class ZedkubeTopics
{
    public static readonly Topic<CipherBlockStatus> CipherBlockStatus = new(AgentNames.Zedkube);
    public static readonly Topic<CipherMetrics> CipherMetrics = new(AgentNames.Zedkube);
    public static readonly Topic<ENClusterAppStatus> ENClusterAppStatus = new(AgentNames.Zedkube);
    public static readonly Topic<EdgeNodeClusterStatus> EdgeNodeClusterStatus = new(AgentNames.Zedkube);
    public static readonly Topic<KubeClusterInfo> KubeClusterInfo = new(AgentNames.Zedkube);
    public static readonly Topic<KubeConfig> KubeConfig = new(AgentNames.Zedkube, Persistent: true);
    public static readonly Topic<KubeLeaderElectInfo> KubeLeaderElectInfo = new(AgentNames.Zedkube);
    public static readonly Topic<KubeUserServices> KubeUserServices = new(AgentNames.Zedkube);
    public static readonly Topic<NodeDrainStatus> NodeDrainStatus = new(AgentNames.Zedkube);
}
