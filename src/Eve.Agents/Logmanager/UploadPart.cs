using Eve.Agents.Shared;
using Eve.Topics;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Logmanager;

/// <summary>
/// Sends compressed log files, the oldest first, the device's and the apps' in turn (controller.md 5.3). A file stays until the controller has it.
/// It logs when sending begins to fail and when it works again, never a single upload: that would make a line for each file, and a file for the lines.
/// </summary>
internal sealed class UploadPart(ILogFiles files, IController controller, Randomness random) : IAgent
{
    const int FailingAfter = 3;
    static readonly ValueList<string> Folders = [LogStream.DeviceUpload, LogStream.AppUpload];

    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var metrics = agent.Publish(LoguploaderTopics.NewlogMetrics);
        var connections = agent.Publish(LoguploaderTopics.MetricsMap);
        connections.SignalRestarted();
        var device = await Gate.OnboardedAsync(agent, cancellationToken);
        var network = agent.Subscribe(NimTopics.DeviceNetworkStatus);
        var sends = agent.Jobs<(WaitingLog Log, ControllerAnswer Answer, int Bytes), int>();
        var refusals = new Dictionary<string, int>();
        var (failures, requests) = (0, 0);
        var (nextAt, fast) = (TimeSpan.Zero, false);
        metrics.Replace([metrics.Value ?? new()]);

        while (true)
        {
            await agent.ChangedAsync(cancellationToken);
            foreach (var (_, (log, answer, bytes)) in sends.Finished)
                Take(log, answer, bytes);
            var wasFast = fast;
            fast = agent.Config.Get(ConfigItems.LogFastUpload);
            if (fast && !wasFast)
                nextAt = agent.Elapsed;     // who asks for it waits for it
            if (Folders.Any(sends.Running))
                continue;
            if (agent.Elapsed >= nextAt)
                SendNext();
            agent.WakeAt(nextAt);
        }

        void SendNext()
        {
            nextAt = agent.Elapsed + LogPacing.Next(Folders.Max(files.Waiting), failures, agent.Config, random());
            var ports = ManagementPorts.Of(network.Value, requests++);
            foreach (var folder in ports.Count > 0 ? Folders : [])
            {
                if (files.Oldest(folder) is { } log && Content(log) is { } content)
                    sends.Start(folder, async (_, stop) => (log, await controller.SendAsync(Request(device, log, content, agent.Config), ports, stop), content.Length));
            }
        }

        // What no controller takes, and what cannot be read, must not hold up the rest.
        byte[]? Content(WaitingLog log)
        {
            try
            {
                var content = files.Read(log);
                if (content.Length <= LogPacing.LargestUpload)
                    return content;
                UploadLog.TooLarge(agent.Log, log.Path, content.Length);
                files.LayAside(log);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
            }
            return null;
        }

        void Take(WaitingLog log, ControllerAnswer answer, int bytes)
        {
            connections.Publish(ConnectionMetrics.Add(connections.Value, answer, agent.Now));
            var verdict = LogPacing.Judge(answer);
            if (verdict == UploadVerdict.Refused && (refusals[log.Path] = refusals.GetValueOrDefault(log.Path) + 1) >= LogPacing.MostRefusals)
                Finish(log, files.LayAside);
            if (verdict == UploadVerdict.Sent)
                Finish(log, files.Sent);
            if (verdict == UploadVerdict.Sent && failures >= FailingAfter)
                UploadLog.Works(agent.Log);
            if (verdict != UploadVerdict.Sent && failures == FailingAfter - 1)
                UploadLog.Fails(agent.Log, answer.Error);
            failures = verdict == UploadVerdict.Sent ? 0 : failures + 1;
            nextAt = agent.Elapsed + LogPacing.Next(Folders.Max(files.Waiting), failures, agent.Config, random());
            metrics.Replace([UploadCounts.Add(metrics.Value!, log, answer, verdict, bytes, failures >= FailingAfter, nextAt - agent.Elapsed, agent.Now)]);
        }

        void Finish(WaitingLog log, Action<WaitingLog> how)
        {
            refusals.Remove(log.Path);
            try
            {
                how(log);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                UploadLog.Stays(agent.Log, log.Path, exception.Message);
            }
        }
    }

    static ControllerRequest Request(Guid device, WaitingLog log, byte[] content, ConfigView config) =>
        ControllerRequest.WithPlainAnswer(device, log.App is { } app ? $"apps/instanceid/{app}/newlogs" : "newlogs", content) with
        {
            SendTimeout = config.Get(ConfigItems.SendTimeout), DialTimeout = config.Get(ConfigItems.DialTimeout),
        };
}

internal static partial class UploadLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "log files cannot be sent; they are kept: {Reason}")]
    public static partial void Fails(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "log files are sent again")]
    public static partial void Works(ILogger log);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} has {Bytes} bytes, more than a controller takes; it is laid aside")]
    public static partial void TooLarge(ILogger log, string file, int bytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} was sent, but stays: {Reason}")]
    public static partial void Stays(ILogger log, string file, string reason);
}
