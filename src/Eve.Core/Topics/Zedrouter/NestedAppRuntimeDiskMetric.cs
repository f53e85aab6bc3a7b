using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record NestedAppRuntimeDiskMetric(
    string UUID = "",
    double TotalMb = 0,
    double UsedMb = 0,
    double AllocatedMb = 0,
    ValueMap<string, FsUsedMetric> DependentSpaceMb = default) : ITopic<NestedAppRuntimeDiskMetric>
{
    public string Key => UUID;
    public static JsonTypeInfo<NestedAppRuntimeDiskMetric> Json => EveJson.NestedAppRuntimeDiskMetric;
}

public sealed record FsUsedMetric(double UsedMb = 0, double AllocatedMb = 0);
