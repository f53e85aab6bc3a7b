using Eve.Agents.Zedagent.Private;
using Eve.Agents.Zedagent.Reporting;
using Eve.Topics;

namespace Eve.Agents.Zedagent.Parts;

/// <summary>The topics that the device's own report is made of.</summary>
internal sealed class DeviceInputTopics(AgentContext agent)
{
    readonly Subscription<HostMemory> _memory = agent.Subscribe(DomainmgrTopics.HostMemory, wakes: false);
    readonly Subscription<NodeAgentStatus> _node = agent.Subscribe(NodeagentTopics.NodeAgentStatus);
    readonly Subscription<ZedAgentStatus> _status = agent.Subscribe(ZedagentTopics.ZedAgentStatus);
    readonly Subscription<ConfigReceipt> _receipt = agent.Subscribe(ZedagentPrivate.ConfigReceipt);
    readonly Subscription<ConfigVerdict> _verdict = agent.Subscribe(ZedagentPrivate.ConfigVerdict);
    readonly Subscription<DevicePortConfigList> _portConfigs = agent.Subscribe(NimTopics.DevicePortConfigList);
    readonly Subscription<DeviceNetworkStatus> _network = agent.Subscribe(NimTopics.DeviceNetworkStatus);
    readonly Subscription<AssignableAdapters> _adapters = agent.Subscribe(DomainmgrTopics.AssignableAdapters);
    readonly Subscription<Capabilities> _capabilities = agent.Subscribe(DomainmgrTopics.Capabilities);
    readonly Subscription<BaseOSMgrStatus> _updates = agent.Subscribe(BaseosmgrTopics.BaseOSMgrStatus);
    readonly Subscription<VaultStatus> _vaults = agent.Subscribe(VaultmgrTopics.VaultStatus);
    readonly Subscription<AppInstanceStatus> _apps = agent.Subscribe(ZedmanagerTopics.AppInstanceStatus);
    readonly Subscription<DiskMetric> _disks = agent.Subscribe(VolumemgrTopics.DiskMetric);
    readonly Subscription<ZbootStatus> _partitions = agent.Subscribe(BaseosmgrTopics.ZbootStatus);
    readonly Subscription<BaseOsStatus> _baseOses = agent.Subscribe(BaseosmgrTopics.BaseOsStatus);
    readonly Subscription<ContentTreeStatus> _contents = agent.Subscribe(VolumemgrTopics.ContentTreeStatus);

    public ConfigReceipt? Receipt => _receipt.Value;
    public ConfigVerdict? Verdict => _verdict.Value;
    public AssignableAdapters? Adapters => _adapters.Value;
    public Subscription<AppInstanceStatus> Apps => _apps;
    public Subscription<ContentTreeStatus> Contents => _contents;

    /// <summary>The network moved in this turn.</summary>
    public bool NetworkMoved => _network.Changed;

    /// <summary>Any of them moved in this turn.</summary>
    public bool Moved => _memory.Changed || _node.Changed || _status.Changed || _receipt.Changed || _verdict.Changed || _portConfigs.Changed || _network.Changed
        || _adapters.Changed || _capabilities.Changed || _updates.Changed || _vaults.Changed || _apps.Changed || _disks.Changed || _partitions.Changed
        || _baseOses.Changed || _contents.Changed;

    public DeviceInputs Read(MachineFacts machine) => new(machine)
    {
        Memory = _memory.Value,
        Node = _node.Value,
        Status = _status.Value,
        Receipt = _receipt.Value,
        Verdict = _verdict.Value,
        PortConfigs = _portConfigs.Value,
        Network = _network.Value,
        Adapters = _adapters.Value,
        Capabilities = _capabilities.Value,
        Updates = _updates.Value,
        Vaults = [.. _vaults.OrderBy(v => v.Key, StringComparer.Ordinal)],
        Apps = [.. _apps],
        Disks = [.. _disks],
        Partitions = [.. _partitions],
        BaseOses = [.. _baseOses],
        Contents = [.. _contents],
    };
}
