using Eve.Agents.Shared;
using Eve.Agents.Zedagent.Private;
using Eve.Agents.Zedagent.Reporting;
using Eve.Topics;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Zedagent.Parts;

/// <summary>Sends all counters at an interval. What does not arrive is not sent again: the next ones say more (controller.md 2.8).</summary>
internal sealed class MetricsReporter(IController controller, IMachineFacts machine, Randomness random) : IAgent
{
    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        await ReportGate.OpenAsync(agent, cancellationToken);
        var reports = new Metering(agent, controller, machine, random);
        while (true)
        {
            await agent.ChangedAsync(cancellationToken);
            reports.Turn();
        }
    }
}

/// <summary>The rhythm of the metrics.</summary>
internal sealed class Metering(AgentContext agent, IController controller, IMachineFacts machine, Randomness random)
{
    const string Job = "metrics";

    readonly Subscription<OnboardingStatus> _onboarding = agent.Subscribe(ZedclientTopics.OnboardingStatus);
    readonly Subscription<DeviceNetworkStatus> _network = agent.Subscribe(NimTopics.DeviceNetworkStatus, wakes: false);
    readonly MetricsInputTopics _inputs = new(agent);
    readonly Publication<MetricsMap> _own = agent.Publish(ReportingPrivate.ReportMetrics);
    readonly Publication<MetricsMap> _sum = agent.Publish(ZedagentTopics.MetricsMap);
    readonly Jobs<(TimeSpan Interval, ControllerAnswer Answer), int> _sends = agent.Jobs<(TimeSpan, ControllerAnswer), int>();
    TimeSpan _due;
    TimeSpan _interval;
    TimeSpan? _known;
    int _lost;
    int _iteration;

    /// <summary>One turn: what came back, then what is due.</summary>
    public void Turn()
    {
        foreach (var (_, (interval, answer)) in _sends.Finished)
            Judge(interval, answer);
        Begin(agent.Config.Get(ConfigItems.MetricInterval));
        agent.WakeAt(_due);
    }

    void Judge(TimeSpan interval, ControllerAnswer answer)
    {
        _own.Replace([ConnectionMetrics.Add(_own.Value, answer, agent.Now)]);
        if (answer.Succeeded)
        {
            if (_lost > 0)
                Log.TakenAgain(agent.Log, _lost);
            (_known, _lost) = (interval, 0);
        }
        else if (++_lost == 1)
            Log.NotTaken(agent.Log, answer.HttpCode, answer.Error);
    }

    // One at a time, and always of now. A longer interval holds once the controller has been told: it would take the device for dead.
    void Begin(TimeSpan interval)
    {
        if (agent.Elapsed < _due && interval == _interval)
            return;
        _due = agent.Elapsed + BackOff.Within(_known < interval ? _known.Value : interval, 0.3, 1.0, random());
        _interval = interval;
        _sum.Replace([ControllerMetrics.Sum(_inputs.Own)]);
        if (!_sends.Running(Job) && _onboarding.Value is { } onboarding)
            Send(onboarding.DeviceUUID);
    }

    void Send(Guid device)
    {
        var message = MetricsReport.Of(_inputs.Read(machine.ReadUse(), _interval), device, agent.Now);
        var request = ControllerRequest.ForDevice(device, "metrics", message.ToByteArray()) with
        {
            SendTimeout = agent.Config.Get(ConfigItems.SendTimeout),
            DialTimeout = agent.Config.Get(ConfigItems.DialTimeout),
        };
        var ports = ManagementPorts.Of(_network.Value, _iteration++);
        var interval = _interval;
        _sends.Start(Job, async (_, stop) => (interval, await controller.SendAsync(request, ports, stop)));
    }
}

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The controller does not take the metrics ({Code}); later ones say more, these are not kept: {Error}")]
    public static partial void NotTaken(ILogger log, int code, string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "The controller takes the metrics again; {Count} did not arrive")]
    public static partial void TakenAgain(ILogger log, int count);
}
