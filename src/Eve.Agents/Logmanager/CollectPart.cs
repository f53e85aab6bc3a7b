using Eve.Topics;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Logmanager;

/// <summary>Collects lines into files and compresses them (controller.md 5.2). A disk that fails costs lines, never more.</summary>
internal sealed class CollectPart(LogFeed feed, ILogFiles files) : IAgent
{
    static readonly TimeSpan MetricsInterval = TimeSpan.FromSeconds(90);

    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var metrics = agent.Publish(NewlogdTopics.NewlogMetrics);
        var onboarding = agent.Subscribe(ZedclientTopics.OnboardingStatus, wakes: false);
        var uploads = agent.Subscribe(LoguploaderTopics.NewlogMetrics, wakes: false);
        var consoles = agent.Read(ConsoleLine.Feed);
        var lines = agent.Listen(feed.ReadAllAsync, cancellationToken);
        var since = new Dictionary<LogStream, TimeSpan>();
        var counts = new LogCounts();
        var measureAt = TimeSpan.Zero;
        var failing = false;
        long id = 0;

        await agent.ChangedAsync(cancellationToken);
        Try(files.Begin);
        while (true)
        {
            Collect();
            CloseDue();
            Measure();
            await agent.ChangedAsync(cancellationToken);
        }

        void Collect()
        {
            var device = lines.Items.Select(l => (Text: LogEntries.Of(l, ++id), Remote: l.Level >= agent.Config.RemoteLogLevelFor(l.Source))).ToList();
            if (feed.TakeDropped() is > 0 and var lost)
                device.Add((LogEntries.Lost(lost, ++id, agent.Now), true));
            var (partition, version) = device.Count > 0 ? files.Image : ("", "");
            var header = LogEntries.DeviceHeader(onboarding.Value?.DeviceUUID ?? Guid.Empty, partition, version);
            Write(LogStream.Upload, header, [.. device.Where(l => l.Remote).Select(l => l.Text)]);
            Write(LogStream.Keep, header, [.. device.Select(l => l.Text)]);
            foreach (var app in consoles.Items.GroupBy(c => (c.App, c.DisableLogs)))
                Write(LogStream.Of(app.Key.App, upload: !app.Key.DisableLogs), app.Last().DisplayName.ReplaceLineEndings(" "), [.. app.Select(l => LogEntries.Of(l, ++id))]);
        }

        void Write(LogStream stream, string header, IReadOnlyList<string> entries)
        {
            if (entries.Count == 0)
                return;
            since.TryAdd(stream, agent.Elapsed);
            counts = counts.Took(stream, entries);
            long size = 0;
            if (Try(() => size = files.Write(stream, header, entries)) && failing)
            {
                failing = false;
                CollectLog.Works(agent.Log);
            }
            if (size >= LogPacing.MostCollected && stream != LogStream.Keep || size >= 10 * LogPacing.MostCollected)
                Close(stream);
        }

        void CloseDue()
        {
            var age = LogPacing.CloseAfter(agent.Config);
            foreach (var (stream, began) in since.ToList())
            {
                if (stream != LogStream.Keep && agent.Elapsed >= began + age)
                    Close(stream);
                else if (stream != LogStream.Keep)
                    agent.WakeAt(began + age);
            }
        }

        void Close(LogStream stream)
        {
            since.Remove(stream);
            Try(() =>
            {
                counts = counts.Packed(stream, files.Close(stream));
                counts = counts with { Removed = counts.Removed + files.Trim(agent.Config) };
            });
        }

        void Measure()
        {
            if (agent.Elapsed >= measureAt)
            {
                measureAt = agent.Elapsed + MetricsInterval;
                Try(() => metrics.Replace([counts.Metrics(
                    uploads.Value ?? new(), files.Waiting(LogStream.DeviceUpload), files.Waiting(LogStream.AppUpload), LogPacing.CloseAfter(agent.Config))]));
            }
            agent.WakeAt(measureAt);
        }

        // The first failure of a row is told, and when lines are kept again: a line about each would be another line to write.
        bool Try(Action act)
        {
            try
            {
                act();
                return true;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                if (!failing)
                    CollectLog.Fails(agent.Log, exception.Message);
                failing = true;
                return false;
            }
        }
    }
}

internal static partial class CollectLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "log lines are lost: {Reason} Free some of the disk below /persist/newlog")]
    public static partial void Fails(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "log lines are kept again")]
    public static partial void Works(ILogger log);
}
