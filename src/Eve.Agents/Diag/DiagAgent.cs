using System.Text.Json;
using Eve.Topics;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Diag;

/// <summary>
/// Says in plain words how the device is (device-agents.md 4.6): on each change, at most one report in five seconds, to /run/diag.out and as JSON to /run/diag.json.
/// It looks at what the others publish and asks nobody: nim has tested the ports. It waits for nothing, so that it can say why the device does not come on.
/// </summary>
public sealed class DiagAgent(IReportFiles files) : IAgent
{
    static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var inputs = new DiagInputs(agent);
        agent.Publish(DiagTopics.MetricsMap).SignalRestarted();     // it sends nothing of its own
        HashSet<string> causes = ["start"];
        IReadOnlyList<Finding>? written = null;
        var nextAt = TimeSpan.Zero;
        var failing = false;

        while (true)
        {
            await agent.ChangedAsync(cancellationToken);
            causes.UnionWith(inputs.Causes());
            if (agent.Elapsed < nextAt)
            {
                agent.WakeAt(nextAt);
                continue;
            }
            var findings = Findings.Of(inputs.Facts());
            if (written is null || !findings.SequenceEqual(written))
                Write(findings);
            causes.Clear();
        }

        void Write(IReadOnlyList<Finding> findings)
        {
            nextAt = agent.Elapsed + Pace;
            var report = new Report(agent.Now, [.. causes.Order(StringComparer.Ordinal)], findings);
            var error = files.Write(ReportText.Of(report), JsonSerializer.SerializeToUtf8Bytes(report, DiagJson.Default.Report));
            written = error is null ? findings : null;
            if (error is not null && !failing)
                DiagLog.Fails(agent.Log, error);
            if (error is not null)
                agent.WakeAt(nextAt);
            failing = error is not null;
        }
    }
}

internal static partial class DiagLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "the report on the device's state cannot be written: {Reason}")]
    public static partial void Fails(ILogger log, string reason);
}
