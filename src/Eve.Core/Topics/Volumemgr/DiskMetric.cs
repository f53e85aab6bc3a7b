using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record DiskMetric(
    string DiskPath = "",
    ulong ReadBytes = 0,
    ulong WriteBytes = 0,
    ulong ReadCount = 0,
    ulong WriteCount = 0,
    ulong TotalBytes = 0,
    ulong UsedBytes = 0,
    ulong FreeBytes = 0,
    bool IsDir = false,
    string PartitionLabel = "",
    string PartitionType = "",
    string PartitionUUID = "") : ITopic<DiskMetric>
{
    public string Key => DiskPath.Replace('/', '-');
    public static JsonTypeInfo<DiskMetric> Json => EveJson.DiskMetric;
}
