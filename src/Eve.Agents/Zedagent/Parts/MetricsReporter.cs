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
    readonly Jobs<ControllerAnswer, int> _sends = agent.Jobs<ControllerAnswer, int>();
    TimeSpan _due;
    TimeSpan _interval;
    int _iteration;

    /// <summary>One turn: what came back, then what is due.</summary>
    public void Turn()
    {
        foreach (var (_, answer) in _sends.Finished)
        {
            _own.Publish(ConnectionMetrics.Add(_own.Value, answer, agent.Now));
            if (!answer.Succeeded)
                Log.NotTaken(agent.Log, answer.HttpCode, answer.Error);
        }
        var interval = agent.Config.Get(ConfigItems.MetricInterval);
        if (agent.Elapsed >= _due || interval != _interval)
        {
            _due = agent.Elapsed + BackOff.Within(interval, 0.3, 1.0, random());
            _interval = interval;
            _sum.Publish(ControllerMetrics.Sum(_inputs.Own));
            if (!_sends.Running(Job) && _onboarding.Value is { } onboarding)
                Send(onboarding.DeviceUUID);
        }
        agent.WakeAt(_due);
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
        _sends.Start(Job, (_, stop) => controller.SendAsync(request, ports, stop));
    }
}

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "The controller did not take the metrics ({Code}): {Error}")]
    public static partial void NotTaken(ILogger log, int code, string error);
}
