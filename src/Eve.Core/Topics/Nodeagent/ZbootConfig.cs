using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record ZbootConfig(string PartitionLabel = "", bool TestComplete = false) : ITopic<ZbootConfig>
{
    public string Key => PartitionLabel;
    public static JsonTypeInfo<ZbootConfig> Json => EveJson.ZbootConfig;
}
