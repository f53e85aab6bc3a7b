using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record LOCConfig(string LocURL = "", DatastoreConfig? CollectInfoDatastore = null) : ITopic<LOCConfig>
{
    public DatastoreConfig CollectInfoDatastore { get; init; } = CollectInfoDatastore ?? new();

    public string Key => "";
    public static JsonTypeInfo<LOCConfig> Json => EveJson.LOCConfig;
}
