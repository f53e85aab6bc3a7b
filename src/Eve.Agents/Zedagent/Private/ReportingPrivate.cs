using System.Text.Json.Serialization.Metadata;
using Eve.Topics;

namespace Eve.Agents.Zedagent.Private;

/// <summary>What the reporting parts keep, and how their requests went.</summary>
internal static class ReportingPrivate
{
    /// <summary>By InfoReporter: it outlives a reboot, so that an object that goes in between is reported gone all the same.</summary>
    public static readonly Topic<ReportedObject> Reported = new(AgentNames.Zedagent, Persistent: true, Scope: "private-info");

    /// <summary>By InfoReporter.</summary>
    public static readonly Topic<MetricsMap> InfoMetrics = new(AgentNames.Zedagent, Scope: "private-info");

    /// <summary>By MetricsReporter.</summary>
    public static readonly Topic<MetricsMap> ReportMetrics = new(AgentNames.Zedagent, Scope: "private-metrics");
}

/// <summary>An object that the controller believes to be there.</summary>
/// <param name="Object">Its key among the reports: kind, colon, id.</param>
/// <param name="Device">Who reported it.</param>
/// <param name="Deletion">The report that it is gone (a ZInfoMsg), to be sent when it is.</param>
internal sealed record ReportedObject(string Object, Guid Device, Bytes Deletion) : ITopic<ReportedObject>
{
    public string Key => Object;
    public static JsonTypeInfo<ReportedObject> Json => ZedagentJson.Default.ReportedObject;
}
