using Eve.Agents.Shared;
using Eve.Agents.Zedagent.Private;
using Eve.Topics;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Zedagent.Parts;

/// <summary>Sends what is in the queue, one message after the other, until the controller has all of it (controller.md 2.5).</summary>
internal sealed class QueueSender(AgentContext agent, IController controller, SendQueue queue, Randomness random)
{
    const string Job = "send";
    const int RefusalsToLog = 20;
    static readonly TimeSpan s_shortest = TimeSpan.FromMinutes(1);
    static readonly TimeSpan s_longest = TimeSpan.FromMinutes(15);

    readonly Publication<MetricsMap> _metrics = agent.Publish(ReportingPrivate.InfoMetrics);
    readonly Jobs<(UnsentMessage Message, ControllerAnswer Answer), int> _sends = agent.Jobs<(UnsentMessage, ControllerAnswer), int>();
    DPCState _network;
    ConfigGetStatus _config;
    TimeSpan _notBefore;
    int _failures;
    int _iteration;

    /// <summary>The controller did not answer last time.</summary>
    public bool Away => _failures > 0;

    /// <summary>One turn: what came back, then what is due.</summary>
    public void Turn(DeviceNetworkStatus? network, ZedAgentStatus? status)
    {
        foreach (var (_, (message, answer)) in _sends.Finished)
            Judge(message, answer);
        HurryIfBack(network?.State ?? DPCState.None, status?.ConfigGetStatus ?? default);
        if (_sends.Running(Job) || queue.Due is not { } due)
            return;
        if (due < _notBefore)
            due = _notBefore;
        if (due > agent.Elapsed)
            agent.WakeAt(due);
        else if (queue.Next(agent.Elapsed) is { } next)
            Send(next, network);
    }

    // A fetched configuration shows that the controller is there. A network that works again says less, and says it to many devices at once.
    void HurryIfBack(DPCState network, ConfigGetStatus config)
    {
        if (config == ConfigGetStatus.Success && _config != ConfigGetStatus.Success)
            _notBefore = default;
        else if (network == DPCState.Success && _network != DPCState.Success && _notBefore > agent.Elapsed + s_shortest)
            _notBefore = agent.Elapsed + BackOff.Within(s_shortest, 0, 1, random());
        (_network, _config) = (network, config);
    }

    void Send(UnsentMessage message, DeviceNetworkStatus? network)
    {
        var request = ControllerRequest.ForDevice(message.Device, message.Action, message.Body) with
        {
            SendTimeout = agent.Config.Get(ConfigItems.SendTimeout),
            DialTimeout = agent.Config.Get(ConfigItems.DialTimeout),
        };
        var ports = ManagementPorts.Of(network, _iteration++);
        _sends.Start(Job, async (_, stop) => (message, await controller.SendAsync(request, ports, stop)));
    }

    void Judge(UnsentMessage message, ControllerAnswer answer)
    {
        _metrics.Replace([ConnectionMetrics.Add(_metrics.Value, answer, agent.Now)]);
        if (!answer.Answered)
        {
            if (++_failures == 1)
                Log.ControllerAway(agent.Log, queue.Count, answer.Error);
            _notBefore = agent.Elapsed + BackOff.Pause(_failures, s_shortest, s_longest, random());
            queue.KeepAll();
            return;
        }
        if (_failures > 0)
            Log.ControllerBack(agent.Log, queue.Count);
        _failures = 0;
        if (answer.Succeeded)
            queue.Settle(message);
        else if (SendVerdicts.IsFinal(answer.HttpCode))
        {
            Log.Refused(agent.Log, message.Key, answer.HttpCode, answer.Error);
            queue.Settle(message);
        }
        else
        {
            var refusals = queue.Postpone(message, times => BackOff.Pause(times, s_shortest, s_longest, random()), agent.Elapsed);
            if (refusals % RefusalsToLog == 1)
                Log.Postponed(agent.Log, message.Key, answer.HttpCode, refusals, answer.Error);
        }
    }
}

/// <summary>What an answer means for a message.</summary>
internal static class SendVerdicts
{
    /// <summary>The controller does not want this message and never will: 4xx, but for those that pass (who may, too many, timeouts).</summary>
    public static bool IsFinal(int code) => code is >= 400 and < 500 and not (401 or 403 or 407 or 408 or 429);
}

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The controller does not answer, {Count} messages wait for it: {Error}")]
    public static partial void ControllerAway(ILogger log, int count, string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "The controller answers again, {Count} messages wait for it")]
    public static partial void ControllerBack(ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The controller refuses the message {Key} for good ({Code}), it is dropped: {Error}")]
    public static partial void Refused(ILogger log, string key, int code, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The controller does not take the message {Key} now ({Code}, for the {Times}. time), it is sent again: {Error}")]
    public static partial void Postponed(ILogger log, string key, int code, int times, string error);
}
