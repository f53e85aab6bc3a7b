using Eve.Agents.Shared;
using Eve.Agents.Zedagent.Private;
using Eve.Topics;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Wire = Eve.Api.Config;

namespace Eve.Agents.Zedagent.Parts;

/// <summary>Fetches the device's configuration and keeps it in force (controller.md 2.2, walk-device.md 14-26).</summary>
internal sealed class ConfigFetcher(IController controller, IConfigFiles files, Randomness random) : IAgent
{
    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var node = agent.Subscribe(NodeagentTopics.NodeAgentStatus);
        var zboot = agent.Subscribe(BaseosmgrTopics.ZbootStatus);
        var network = agent.Subscribe(NimTopics.DeviceNetworkStatus);
        var config = new ConfigInForce(agent, files);
        config.StartItems();

        var device = await Gate.OnboardedAsync(agent, cancellationToken);
        while (node.Value is null)
            await agent.ChangedAsync(cancellationToken);
        while (!zboot.Ready)
            await agent.ChangedAsync(cancellationToken);
        while (network.Value is null)
            await agent.ChangedAsync(cancellationToken);

        var fetching = new Fetching(agent, controller, config, random) { Device = device };
        while (true)
        {
            fetching.Turn(node.Value, network.Value);
            await agent.ChangedAsync(cancellationToken);
        }
    }
}

/// <summary>The rhythm of the fetches, and what follows from each.</summary>
internal sealed class Fetching(AgentContext agent, IController controller, ConfigInForce config, Randomness random)
{
    const string Job = "config";

    readonly Subscription<ControllerCert> _certs = agent.Subscribe(ZedagentTopics.ControllerCert);
    readonly Subscription<LedBlinkCounter> _shown = agent.Subscribe(GlobalTopics.LedBlinkCounter, wakes: false);
    readonly Publication<LedBlinkCounter> _led = agent.Publish(GlobalTopics.LedBlinkCounter);
    readonly Publication<ZedAgentStatus> _status = agent.Publish(ZedagentTopics.ZedAgentStatus);
    readonly Publication<CertsWanted> _certsWanted = agent.Publish(ZedagentPrivate.CertsWanted);
    readonly Publication<MetricsMap> _metrics = agent.Publish(ZedagentPrivate.ConfigMetrics);
    readonly Jobs<ControllerAnswer, int> _fetches = agent.Jobs<ControllerAnswer, int>();
    ConfigGetStatus _got;
    DPCState _network;
    TimeSpan _next;
    TimeSpan _interval;
    bool _maintained;
    bool _certMissing;
    bool _again;
    int _iteration;

    /// <summary>This device.</summary>
    public required Guid Device { get; init; }

    /// <summary>One turn: what came in, then what is due.</summary>
    public void Turn(NodeAgentStatus? node, DeviceNetworkStatus? network)
    {
        foreach (var (_, answer) in _fetches.Finished)
        {
            Judge(answer, node);
            _next = _again ? agent.Elapsed : agent.Elapsed + BackOff.Within(Interval, 0.3, 1.0, random());
            _again = false;
        }
        HurryIfNeeded(node, network);
        if (_fetches.Running(Job))
            _next = TimeSpan.MaxValue;
        else if (agent.Elapsed >= _next)
            Fetch(network);
        else
            agent.WakeAt(_next);
        config.KeepProven();
        PublishStatus(node);
    }

    TimeSpan Interval => config.Items.Get(ConfigItems.ConfigInterval);

    // What makes waiting pointless: another rhythm, a network that works again, certificates that were missing, the end of maintenance.
    void HurryIfNeeded(NodeAgentStatus? node, DeviceNetworkStatus? network)
    {
        var state = network?.State ?? DPCState.None;
        var maintained = Maintenance(node).Count > 0;
        var hurry = (_interval != default && _interval != Interval)
            || (state == DPCState.Success && _network != DPCState.Success)
            || (_certMissing && _certs.Changed)
            || (_maintained && !maintained);
        if (hurry)
            (_next, _again) = (agent.Elapsed, _fetches.Running(Job));
        if (_certs.Changed)
            _certMissing = false;
        (_interval, _network, _maintained) = (Interval, state, maintained);
    }

    void Fetch(DeviceNetworkStatus? network)
    {
        var request = ControllerRequest.ForDevice(Device, "config", new Wire.ConfigRequest { ConfigHash = config.Hash }.ToByteArray()) with
        {
            SendTimeout = config.Items.Get(ConfigItems.SendTimeout),
            DialTimeout = config.Items.Get(ConfigItems.DialTimeout),
        };
        var ports = ManagementPorts.Of(network, _iteration++);
        _fetches.Start(Job, (_, stop) => controller.SendAsync(request, ports, stop));
    }

    void Judge(ControllerAnswer answer, NodeAgentStatus? node)
    {
        _metrics.Publish(ConnectionMetrics.Add(_metrics.Value, answer, agent.Now));
        var verdict = FetchVerdicts.Of(answer, Device, config.Hash, config.Newest);
        if (verdict.Error.Length > 0)
            Log.NoConfig(agent.Log, verdict.Outcome, verdict.Error);
        if (verdict.Outcome == FetchOutcome.Fresh)
            config.Take(verdict.Response!, answer.Body, Device, node);
        config.NoteOutcome(verdict);
        Show(verdict, answer);
        AskForCerts(answer);
        _got = verdict.IsContact ? ConfigGetStatus.Success
            : config.TakeSaved(Device, node) ? ConfigGetStatus.ReadSaved
            : node is { UpdateInprogress: true } && IsPassing(answer) ? ConfigGetStatus.TemporaryFail
            : ConfigGetStatus.Fail;
    }

    // While a new EVE is tested, these are not held against it.
    static bool IsPassing(ControllerAnswer answer) =>
        answer.Status is SenderStatus.Upgrade or SenderStatus.Refused or SenderStatus.CertInvalid or SenderStatus.NotFound or SenderStatus.Forbidden;

    // A lost controller shows only where all was well before.
    void Show(FetchVerdict verdict, ControllerAnswer answer)
    {
        if (verdict.Led is { } led)
            _led.Publish(new(led));
        else if (verdict.Outcome == FetchOutcome.Failed && _shown.Value?.BlinkCounter == LedBlinkCount.Onboarded)
            _led.Publish(new(ControllerLeds.Lost(answer)));
    }

    void AskForCerts(ControllerAnswer answer)
    {
        var wanted = _certsWanted.Value ?? new();
        if (answer.Status is SenderStatus.CertMiss or SenderStatus.CertInvalid)
        {
            _certMissing = true;
            wanted = wanted with { Unknown = wanted.Unknown + 1 };
        }
        _certsWanted.Publish(wanted with { Hash = config.CertHash });
    }

    ValueList<MaintenanceModeReason> Maintenance(NodeAgentStatus? node) =>
        DeviceStates.Maintenance(config.Items.Get(ConfigItems.MaintenanceMode), config.MaintenanceAsked, node);

    void PublishStatus(NodeAgentStatus? node)
    {
        var reasons = Maintenance(node);
        var reboot = config.Commands.Reboot && node is not { UpdateInprogress: true };
        var shutdown = config.Commands.Shutdown && node is not { UpdateInprogress: true };
        _status.Publish(new ZedAgentStatus(
            AgentNames.Zedagent,
            _got,
            reboot,
            shutdown,
            RequestedRebootReason: reboot ? "NORMAL: controller reboot command" : shutdown ? "NORMAL: controller shutdown command" : "",
            RequestedBootReason: reboot ? BootReason.RebootCmd : BootReason.None,
            MaintenanceMode: reasons.Count > 0,
            MaintenanceModeReasons: reasons,
            ForceFallbackCounter: config.Items.Get(ConfigItems.ForceFallbackCounter),
            DeviceState: DeviceStates.Of(reasons.Count > 0, reboot, shutdown, config.Applied, node),
            AirgapMode: config.Items.Get(ConfigItems.AirgapMode) == TriState.Enabled));
        _status.SignalRestarted();
        _certsWanted.SignalRestarted();
        _metrics.SignalRestarted();
    }
}

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The fetch brought no configuration ({Outcome}): {Error}")]
    public static partial void NoConfig(ILogger log, FetchOutcome outcome, string error);
}
