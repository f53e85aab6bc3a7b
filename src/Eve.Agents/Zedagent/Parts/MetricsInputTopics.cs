using Eve.Agents.Zedagent.Private;
using Eve.Agents.Zedagent.Reporting;
using Eve.Topics;

namespace Eve.Agents.Zedagent.Parts;

/// <summary>The topics that metrics are made of. None of them is a reason for a turn.</summary>
internal sealed class MetricsInputTopics(AgentContext agent)
{
    readonly Subscription<HostMemory> _memory = agent.Subscribe(DomainmgrTopics.HostMemory, wakes: false);
    readonly Subscription<DomainMetric> _domains = agent.Subscribe(DomainmgrTopics.DomainMetric, wakes: false);
    readonly Subscription<DeviceNetworkStatus> _network = agent.Subscribe(NimTopics.DeviceNetworkStatus, wakes: false);
    readonly Subscription<NetworkMetrics> _counters = agent.Subscribe(ZedrouterTopics.NetworkMetrics, wakes: false);
    readonly Subscription<NetworkInstanceMetrics> _instances = agent.Subscribe(ZedrouterTopics.NetworkInstanceMetrics, wakes: false);
    readonly Subscription<NewlogMetrics> _logs = agent.Subscribe(NewlogdTopics.NewlogMetrics, wakes: false);
    readonly Subscription<ConfigReceipt> _receipt = agent.Subscribe(ZedagentPrivate.ConfigReceipt, wakes: false);
    readonly Subscription<DiskMetric> _disks = agent.Subscribe(VolumemgrTopics.DiskMetric, wakes: false);
    readonly Subscription<AppDiskMetric> _appDisks = agent.Subscribe(VolumemgrTopics.AppDiskMetric, wakes: false);
    readonly Subscription<VolumeStatus> _volumes = agent.Subscribe(VolumemgrTopics.VolumeStatus, wakes: false);
    readonly Subscription<AppInstanceConfig> _appConfigs = agent.Subscribe(ZedagentTopics.AppInstanceConfig, wakes: false);
    readonly Subscription<AppInstanceStatus> _apps = agent.Subscribe(ZedmanagerTopics.AppInstanceStatus, wakes: false);
    readonly Subscription<PatchEnvelopeUsage> _patches = agent.Subscribe(MsrvTopics.PatchEnvelopeUsage, wakes: false);
    readonly Subscription<MetricsMap>[] _own = [.. OwnConnections.Select(topic => agent.Subscribe(topic, wakes: false))];
    readonly Subscription<MetricsMap>[] _others = [.. OtherConnections.Select(topic => agent.Subscribe(topic, wakes: false))];
    readonly Subscription<CipherMetrics>[] _ciphers = [.. Ciphers.Select(topic => agent.Subscribe(topic, wakes: false))];

    static Topic<MetricsMap>[] OwnConnections =>
        [ZedagentPrivate.ConfigMetrics, ZedagentPrivate.CertMetrics, ReportingPrivate.InfoMetrics, ReportingPrivate.ReportMetrics];

    static Topic<MetricsMap>[] OtherConnections =>
        [ZedclientTopics.MetricsMap, DownloaderTopics.MetricsMap, LoguploaderTopics.MetricsMap, DiagTopics.MetricsMap, NimTopics.MetricsMap, ZedrouterTopics.MetricsMap];

    static Topic<CipherMetrics>[] Ciphers => [DownloaderTopics.CipherMetrics, DomainmgrTopics.CipherMetrics, NimTopics.CipherMetrics];

    /// <summary>The connections of zedagent's own parts.</summary>
    public IEnumerable<MetricsMap> Own => _own.Select(o => o.Value).OfType<MetricsMap>();

    public MetricsInputs Read(MachineUse use, TimeSpan interval) => new()
    {
        Use = use,
        Memory = _memory.Value,
        Network = _network.Value,
        Counters = _counters.Value,
        Logs = _logs.Value,
        LastReceived = _receipt.Value?.LastReceived ?? default,
        LastProcessed = _receipt.Value?.LastProcessed ?? default,
        Interval = interval,
        Connections = [.. Own, .. _others.Select(o => o.Value).OfType<MetricsMap>()],
        Ciphers = [.. _ciphers.Select(c => c.Value).OfType<CipherMetrics>()],
        Disks = [.. _disks],
        AppDisks = [.. _appDisks],
        Domains = [.. _domains],
        AppConfigs = [.. _appConfigs],
        Apps = [.. _apps],
        Patches = [.. _patches],
        Instances = [.. _instances],
        Volumes = [.. _volumes],
    };
}
