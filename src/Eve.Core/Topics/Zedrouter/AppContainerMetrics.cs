using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record AppContainerMetrics(
    UUIDandVersion? UUIDandVersion = null,
    GoTime CollectTime = default,
    ValueList<AppContainerStats> StatsList = default) : ITopic<AppContainerMetrics>
{
    public UUIDandVersion UUIDandVersion { get; init; } = UUIDandVersion ?? new();

    public string Key => UUIDandVersion.UUID.ToString();
    public static JsonTypeInfo<AppContainerMetrics> Json => EveJson.AppContainerMetrics;
}

public sealed record AppContainerStats(
    string ContainerName = "",
    string Status = "",
    uint Pids = 0,
    long Uptime = 0,
    ulong CPUTotal = 0,
    ulong SystemCPUTotal = 0,
    uint UsedMem = 0,
    uint AllocatedMem = 0,
    ulong TxBytes = 0,
    ulong RxBytes = 0,
    ulong ReadBytes = 0,
    ulong WriteBytes = 0);
