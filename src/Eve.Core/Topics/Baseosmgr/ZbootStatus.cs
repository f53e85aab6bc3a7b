using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record ZbootStatus(
    string PartitionLabel = "",
    string PartitionDevname = "",
    string PartitionState = "",
    string ShortVersion = "",
    string LongVersion = "",
    bool CurrentPartition = false,
    bool TestComplete = false) : ITopic<ZbootStatus>
{
    public string Key => PartitionLabel;
    public static JsonTypeInfo<ZbootStatus> Json => EveJson.ZbootStatus;
}
