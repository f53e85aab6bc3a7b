namespace Eve.Topics;

/// <summary>What zedrouter publishes.</summary>
public static class ZedrouterTopics
{
    public static readonly Topic<AppContainerMetrics> AppContainerMetrics = new(AgentNames.Zedrouter);
    public static readonly Topic<AppMACGenerator> AppMACGenerator = new(AgentNames.Zedrouter, Persistent: true);
    public static readonly Topic<AppNetworkStatus> AppNetworkStatus = new(AgentNames.Zedrouter, Barrier: true);
    public static readonly Topic<IPFlow> IPFlow = new(AgentNames.Zedrouter);
    public static readonly Topic<MetricsMap> MetricsMap = new(AgentNames.Zedrouter);
    public static readonly Topic<NestedAppDomainStatus> NestedAppDomainStatus = new(AgentNames.Zedrouter);
    public static readonly Topic<NestedAppRuntimeDiskMetric> NestedAppRuntimeDiskMetric = new(AgentNames.Zedrouter);
    public static readonly Topic<NetworkInstanceMetrics> NetworkInstanceMetrics = new(AgentNames.Zedrouter);
    public static readonly Topic<NetworkInstanceStatus> NetworkInstanceStatus = new(AgentNames.Zedrouter);
    public static readonly Topic<NetworkMetrics> NetworkMetrics = new(AgentNames.Zedrouter);
    public static readonly Topic<UUIDPairAndIfIdxToNum> UUIDPairAndIfIdxToNum = new(AgentNames.Zedrouter, Persistent: true);
    public static readonly Topic<UUIDPairToNum> UUIDPairToNum = new(AgentNames.Zedrouter, Persistent: true);
    public static readonly Topic<UuidToNum> UuidToNum = new(AgentNames.Zedrouter, Persistent: true);
}
