using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record VolumeConfig(
    Guid VolumeID = default,
    Guid ContentID = default,
    VolumeContentOriginType VolumeContentOriginType = default,
    ulong MaxVolSize = 0,
    bool ReadOnly = false,
    long GenerationCounter = 0,
    long LocalGenerationCounter = 0,
    bool Encrypted = false,
    string DisplayName = "",
    bool HasNoAppReferences = false,
    DriveTarget Target = default,
    string CustomMeta = "",
    bool IsReplicated = false,
    bool IsNativeContainer = false) : ITopic<VolumeConfig>
{
    public string Key => $"{VolumeID}#{GenerationCounter + LocalGenerationCounter}";
    public static JsonTypeInfo<VolumeConfig> Json => EveJson.VolumeConfig;
}
