using System.Text.Json.Serialization;

namespace Eve.Agents.Diag;

/// <summary>How much a finding matters.</summary>
internal enum Grade
{
    Info,
    Pass,
    Warning,
    Error,
}

/// <summary>One thing that diag has to say.</summary>
/// <param name="Grade">How much it matters.</param>
/// <param name="About">What it is about: device, controller, vault, network, port, app, download.</param>
/// <param name="Text">What is so.</param>
/// <param name="Reason">Why; empty for what is as it should be.</param>
/// <param name="Remedy">What helps; empty for what is as it should be.</param>
internal sealed record Finding(Grade Grade, string About, string Text, string Reason = "", string Remedy = "");

/// <summary>A whole report.</summary>
/// <param name="Time">When it was made.</param>
/// <param name="Causes">What had changed.</param>
internal sealed record Report(DateTimeOffset Time, IReadOnlyList<string> Causes, IReadOnlyList<Finding> Findings);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Report))]
internal sealed partial class DiagJson : JsonSerializerContext;
