using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record AppAndImageToHash(
    Guid AppUUID = default,
    Guid ImageID = default,
    string Hash = "",
    uint PurgeCounter = 0) : ITopic<AppAndImageToHash>
{
    public string Key => PurgeCounter == 0 ? $"{AppUUID}.{ImageID}" : $"{AppUUID}.{ImageID}.{PurgeCounter}";
    public static JsonTypeInfo<AppAndImageToHash> Json => EveJson.AppAndImageToHash;
}
