using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record DomainMetric(
    UUIDandVersion? UUIDandVersion = null,
    ulong CPUTotalNs = 0,
    uint CPUScaled = 0,
    uint AllocatedMB = 0,
    uint UsedMemory = 0,
    uint MaxUsedMemory = 0,
    uint AvailableMemory = 0,
    double UsedMemoryPercent = 0,
    GoTime LastHeard = default,
    bool Activated = false,
    string NodeName = "") : ITopic<DomainMetric>
{
    public UUIDandVersion UUIDandVersion { get; init; } = UUIDandVersion ?? new();

    public string Key => UUIDandVersion.UUID.ToString();
    public static JsonTypeInfo<DomainMetric> Json => EveJson.DomainMetric;
}
