using Eve.Topics;

namespace Eve.Agents.Zedagent.Private;

/// <summary>How the requests of the reporting parts went.</summary>
internal static class ReportingPrivate
{
    /// <summary>By InfoReporter.</summary>
    public static readonly Topic<MetricsMap> InfoMetrics = new(AgentNames.Zedagent, Scope: "private-info");

    /// <summary>By MetricsReporter.</summary>
    public static readonly Topic<MetricsMap> ReportMetrics = new(AgentNames.Zedagent, Scope: "private-metrics");
}
