namespace Eve.Topics;

/// <summary>What zedagent publishes.</summary>
public static class ZedagentTopics
{
    public static readonly Topic<AppInstanceConfig> AppInstanceConfig = new(AgentNames.Zedagent, Barrier: true);
    public static readonly Topic<AppNetworkConfig> AppNetworkConfig = new(AgentNames.Zedagent);
    public static readonly Topic<AttestNonce> AttestNonce = new(AgentNames.Zedagent);
    public static readonly Topic<BaseOsConfig> BaseOsConfig = new(AgentNames.Zedagent, Barrier: true);
    public static readonly Topic<CipherContext> CipherContext = new(AgentNames.Zedagent);
    public static readonly Topic<CollectInfoCmd> CollectInfoCmd = new(AgentNames.Zedagent);
    public static readonly Topic<ConfigItemValueMap> ConfigItemValueMap = new(AgentNames.Zedagent);
    public static readonly Topic<ContentTreeConfig> ContentTreeConfig = new(AgentNames.Zedagent, Barrier: true);
    public static readonly Topic<ControllerCert> ControllerCert = new(AgentNames.Zedagent);
    public static readonly Topic<DatastoreConfig> DatastoreConfig = new(AgentNames.Zedagent);
    public static readonly Topic<DevicePortConfig> DevicePortConfig = new(AgentNames.Zedagent);
    public static readonly Topic<EdgeNodeClusterConfig> EdgeNodeClusterConfig = new(AgentNames.Zedagent);
    public static readonly Topic<EdgeNodeDisks> EdgeNodeDisks = new(AgentNames.Zedagent);
    public static readonly Topic<EdgeNodeInfo> EdgeNodeInfo = new(AgentNames.Zedagent);
    public static readonly Topic<EncryptedVaultKeyFromController> EncryptedVaultKeyFromController = new(AgentNames.Zedagent);
    public static readonly Topic<KubeClusterUpdateStatus> KubeClusterUpdateStatus = new(AgentNames.Zedagent, Persistent: true);
    public static readonly Topic<LOCConfig> LOCConfig = new(AgentNames.Zedagent);
    public static readonly Topic<MetricsMap> MetricsMap = new(AgentNames.Zedagent);
    public static readonly Topic<NetworkInstanceConfig> NetworkInstanceConfig = new(AgentNames.Zedagent);
    public static readonly Topic<NetworkXObjectConfig> NetworkXObjectConfig = new(AgentNames.Zedagent);
    public static readonly Topic<NodeDrainRequest> NodeDrainRequest = new(AgentNames.Zedagent);
    public static readonly Topic<PatchEnvelopeInfoList> PatchEnvelopeInfoList = new(AgentNames.Zedagent, Persistent: true);
    public static readonly Topic<PhysicalIOAdapterList> PhysicalIOAdapterList = new(AgentNames.Zedagent);
    public static readonly Topic<SCEPProfile> SCEPProfile = new(AgentNames.Zedagent);
    public static readonly Topic<VolumeConfig> VolumeConfig = new(AgentNames.Zedagent, Barrier: true);
    public static readonly Topic<ZedAgentStatus> ZedAgentStatus = new(AgentNames.Zedagent);
}
