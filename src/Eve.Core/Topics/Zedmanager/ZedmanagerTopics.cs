namespace Eve.Topics;

/// <summary>What zedmanager publishes.</summary>
public static class ZedmanagerTopics
{
    public static readonly Topic<AppInstanceConfig> AppInstanceConfig = new(AgentNames.Zedmanager);
    public static readonly Topic<AppInstanceStatus> AppInstanceStatus = new(AgentNames.Zedmanager);
    public static readonly Topic<AppInstanceSummary> AppInstanceSummary = new(AgentNames.Zedmanager);
    public static readonly Topic<AppNetworkConfig> AppNetworkConfig = new(AgentNames.Zedmanager, Barrier: true);
    public static readonly Topic<DomainConfig> DomainConfig = new(AgentNames.Zedmanager, Barrier: true);
    public static readonly Topic<UuidToNum> UuidToNum = new(AgentNames.Zedmanager, Persistent: true);
    public static readonly Topic<VolumeRefConfig> VolumeRefConfig = new(AgentNames.Zedmanager);
    public static readonly Topic<VolumesSnapshotConfig> VolumesSnapshotConfig = new(AgentNames.Zedmanager);
}
