using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record AppInstanceSummary(
    UUIDandVersion? UUIDandVersion = null,
    byte TotalStarting = 0,
    byte TotalRunning = 0,
    byte TotalStopping = 0,
    byte TotalError = 0) : ITopic<AppInstanceSummary>
{
    public UUIDandVersion UUIDandVersion { get; init; } = UUIDandVersion ?? new();

    public string Key => UUIDandVersion.UUID.ToString();
    public static JsonTypeInfo<AppInstanceSummary> Json => EveJson.AppInstanceSummary;
}
