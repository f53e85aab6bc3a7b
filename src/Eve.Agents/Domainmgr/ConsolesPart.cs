using Eve.Topics;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Domainmgr;

/// <summary>Hands what guests write to their consoles to logmanager. While the feed is full some lines wait; what a guest writes beyond that is dropped, so that it cannot fill the disk.</summary>
internal sealed class ConsolesPart(IGuestFiles files, DomainmgrOptions options) : IAgent
{
    const int MostWaiting = 1000;

    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var domains = agent.Subscribe(DomainmgrTopics.DomainStatus);
        var feed = agent.Write(ConsoleLine.Feed);
        var waiting = new Dictionary<Guid, Queue<ConsoleLine>>();
        var due = TimeSpan.Zero;

        while (true)
        {
            await agent.ChangedAsync(cancellationToken);
            foreach (var change in domains.Changes.Where(c => c.Deleted))
                waiting.Remove(change.Old!.UUIDandVersion.UUID);
            if (domains.Count == 0)
                continue;
            if (agent.Elapsed >= due)
            {
                due = agent.Elapsed + options.ConsoleInterval;
                foreach (var domain in domains)
                    Pass(domain, waiting);
            }
            agent.WakeAt(due);
        }

        void Pass(DomainStatus domain, Dictionary<Guid, Queue<ConsoleLine>> waiting)
        {
            var app = domain.UUIDandVersion.UUID;
            var lines = waiting.TryGetValue(app, out var kept) ? kept : waiting[app] = new();
            // Read in any case, since reading is what keeps the file short.
            Read(domain, lines);
            while (lines.TryPeek(out var line) && feed.TryWrite(line))
                lines.Dequeue();
            if (lines.Count <= MostWaiting)
                return;
            Log.Slow(agent.Log, domain.DisplayName, lines.Count - MostWaiting);
            while (lines.Count > MostWaiting)
                lines.Dequeue();
        }

        void Read(DomainStatus domain, Queue<ConsoleLine> lines)
        {
            var app = domain.UUIDandVersion.UUID;
            var text = files.ReadConsole(app);
            if (text.Dropped > 0)
                Log.Flood(agent.Log, domain.DisplayName, text.Dropped);
            foreach (var line in text.Lines)
                lines.Enqueue(new ConsoleLine(agent.Now, app, domain.DisplayName, domain.DisableLogs, line));
        }
    }
}

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "app {App}: {Bytes} bytes of its console were dropped: its guest writes more than is kept")]
    public static partial void Flood(ILogger log, string app, long bytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "app {App}: {Lines} lines of its console were dropped: logmanager does not keep up")]
    public static partial void Slow(ILogger log, string app, int lines);
}
