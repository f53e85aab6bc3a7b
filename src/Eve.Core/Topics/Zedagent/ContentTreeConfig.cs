using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record ContentTreeConfig(
    Guid ContentID = default,
    ValueList<Guid> DatastoreIDList = default,
    string RelativeURL = "",
    ImageFormat Format = default,
    string ContentSha256 = "",
    ulong MaxDownloadSize = 0,
    long GenerationCounter = 0,
    string DisplayName = "",
    string CustomMeta = "",
    bool IsLocal = false) : ITopic<ContentTreeConfig>
{
    public string Key => ContentID.ToString();
    public static JsonTypeInfo<ContentTreeConfig> Json => EveJson.ContentTreeConfig;
}
