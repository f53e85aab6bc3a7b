using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record VerifyImageConfig(
    string ImageSha256 = "",
    string Name = "",
    string MediaType = "",
    string FileLocation = "",
    long Size = 0,
    uint RefCount = 0,
    bool Expired = false) : ITopic<VerifyImageConfig>
{
    public string Key => ImageSha256;
    public static JsonTypeInfo<VerifyImageConfig> Json => EveJson.VerifyImageConfig;
}
