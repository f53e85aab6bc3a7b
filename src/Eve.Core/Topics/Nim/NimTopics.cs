namespace Eve.Topics;

/// <summary>What nim publishes.</summary>
public static class NimTopics
{
    public static readonly Topic<BondMetricsList> BondMetricsList = new(AgentNames.Nim);
    public static readonly Topic<CipherBlockStatus> CipherBlockStatus = new(AgentNames.Nim);
    public static readonly Topic<CipherMetrics> CipherMetrics = new(AgentNames.Nim);
    public static readonly Topic<DeviceNetworkStatus> DeviceNetworkStatus = new(AgentNames.Nim);
    public static readonly Topic<DevicePortConfig> DevicePortConfig = new(AgentNames.Nim);
    public static readonly Topic<DevicePortConfig> DevicePortConfigDummy = new(AgentNames.Nim, Scope: "dummy");
    public static readonly Topic<DevicePortConfigList> DevicePortConfigList = new(AgentNames.Nim, Persistent: true);
    public static readonly Topic<MetricsMap> MetricsMap = new(AgentNames.Nim);
    public static readonly Topic<PNACMetricsList> PNACMetricsList = new(AgentNames.Nim);
    public static readonly Topic<WwanConfig> WwanConfig = new(AgentNames.Nim);
}
