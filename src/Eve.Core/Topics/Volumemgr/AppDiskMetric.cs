using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record AppDiskMetric(
    string DiskPath = "",
    ulong ProvisionedBytes = 0,
    ulong UsedBytes = 0,
    string DiskType = "",
    bool Dirty = false) : ITopic<AppDiskMetric>
{
    public string Key => DiskPath.Replace('/', '-');
    public static JsonTypeInfo<AppDiskMetric> Json => EveJson.AppDiskMetric;
}
