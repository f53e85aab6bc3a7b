using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record BaseOsConfig(
    string BaseOsVersion = "",
    string ContentTreeUUID = "",
    uint RetryUpdateCounter = 0,
    bool Activate = false) : ITopic<BaseOsConfig>
{
    public string Key => ContentTreeUUID;
    public static JsonTypeInfo<BaseOsConfig> Json => EveJson.BaseOsConfig;
}
