using Eve.Agents.Shared;
using Eve.Topics;

namespace Eve.Agents.Diag;

/// <summary>What a report is made from.</summary>
internal sealed record DiagFacts
{
    public LedBlinkCount Led { get; init; }
    public OnboardingStatus? Onboarding { get; init; }
    public ZedAgentStatus? Zedagent { get; init; }
    public NodeAgentStatus? Nodeagent { get; init; }
    public DeviceNetworkStatus? Network { get; init; }
    public DevicePortConfigList? PortConfigs { get; init; }
    public AppInstanceSummary? Summary { get; init; }
    public VolumeMgrStatus? Volumes { get; init; }
    public IReadOnlyCollection<VaultStatus> Vaults { get; init; } = [];
    public IReadOnlyCollection<AppInstanceStatus> Apps { get; init; } = [];
    public IReadOnlyCollection<NetworkInstanceStatus> Networks { get; init; } = [];
    public IReadOnlyCollection<ContentTreeStatus> Contents { get; init; } = [];
    public IReadOnlyCollection<DownloaderStatus> Downloads { get; init; } = [];
}

/// <summary>Diag's views of the other agents.</summary>
internal sealed class DiagInputs(AgentContext agent)
{
    const string LedKey = "ledconfig";

    readonly Subscription<LedBlinkCounter> _led = agent.Subscribe(GlobalTopics.LedBlinkCounter);
    readonly Subscription<OnboardingStatus> _onboarding = agent.Subscribe(ZedclientTopics.OnboardingStatus);
    readonly Subscription<ZedAgentStatus> _zedagent = agent.Subscribe(ZedagentTopics.ZedAgentStatus);
    readonly Subscription<NodeAgentStatus> _nodeagent = agent.Subscribe(NodeagentTopics.NodeAgentStatus);
    readonly Subscription<DeviceNetworkStatus> _network = agent.Subscribe(NimTopics.DeviceNetworkStatus);
    readonly Subscription<DevicePortConfigList> _portConfigs = agent.Subscribe(NimTopics.DevicePortConfigList);
    readonly Subscription<AppInstanceSummary> _summary = agent.Subscribe(ZedmanagerTopics.AppInstanceSummary);
    readonly Subscription<VolumeMgrStatus> _volumes = agent.Subscribe(VolumemgrTopics.VolumeMgrStatus);
    readonly Subscription<VaultStatus> _vaults = agent.Subscribe(VaultmgrTopics.VaultStatus);
    readonly Subscription<AppInstanceStatus> _apps = agent.Subscribe(ZedmanagerTopics.AppInstanceStatus);
    readonly Subscription<NetworkInstanceStatus> _networks = agent.Subscribe(ZedrouterTopics.NetworkInstanceStatus);
    readonly Subscription<ContentTreeStatus> _contents = agent.Subscribe(VolumemgrTopics.ContentTreeStatus);
    readonly Subscription<DownloaderStatus> _downloads = agent.Subscribe(DownloaderTopics.DownloaderStatus);

    /// <summary>What changed in this turn, in EVE's words.</summary>
    public IEnumerable<string> Causes() => new (bool Changed, string Cause)[]
    {
        (_led.Changed, "LED"), (_onboarding.Changed, "Onboard"), (_zedagent.Changed || _nodeagent.Changed || _volumes.Changed, "DeviceState"),
        (_network.Changed, "Network"), (_portConfigs.Changed, "DPC"), (_summary.Changed, "App"), (_apps.Changed || _networks.Changed, "Appinstance"),
        (_vaults.Changed, "VaultStatus"), (_contents.Changed || _downloads.Changed, "Download"),
    }.Where(c => c.Changed).Select(c => c.Cause);

    public DiagFacts Facts() => new()
    {
        Led = LedProgress.Of(_network.Value, _led[LedKey]?.BlinkCounter ?? LedBlinkCount.Undefined),
        Onboarding = _onboarding.Value, Zedagent = _zedagent.Value, Nodeagent = _nodeagent.Value, Network = _network.Value, PortConfigs = _portConfigs.Value,
        Summary = _summary.Value, Volumes = _volumes.Value, Vaults = _vaults, Apps = _apps, Networks = _networks, Contents = _contents, Downloads = _downloads,
    };
}
