using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record VolumeRefConfig(
    Guid VolumeID = default,
    long GenerationCounter = 0,
    long LocalGenerationCounter = 0,
    Guid AppUUID = default,
    string MountDir = "",
    bool VerifyOnly = false) : ITopic<VolumeRefConfig>
{
    public string Key => $"{VolumeID}#{GenerationCounter + LocalGenerationCounter}#{AppUUID}";
    public static JsonTypeInfo<VolumeRefConfig> Json => EveJson.VolumeRefConfig;
}
