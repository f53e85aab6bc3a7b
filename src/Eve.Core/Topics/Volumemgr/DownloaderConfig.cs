using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record DownloaderConfig(
    string ImageSha256 = "",
    ValueList<Guid> DatastoreIDList = default,
    string Name = "",
    string Target = "",
    bool NameIsURL = false,
    ulong Size = 0,
    string FinalObjDir = "",
    uint RefCount = 0,
    GoTime LastRetry = default) : ITopic<DownloaderConfig>
{
    public string Key => ImageSha256;
    public static JsonTypeInfo<DownloaderConfig> Json => EveJson.DownloaderConfig;
}
