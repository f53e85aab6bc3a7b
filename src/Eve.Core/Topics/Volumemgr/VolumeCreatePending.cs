using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record VolumeCreatePending(
    Guid VolumeID = default,
    long GenerationCounter = 0,
    long LocalGenerationCounter = 0,
    ImageFormat ContentFormat = default,
    bool Encrypted = false) : ITopic<VolumeCreatePending>
{
    public string Key => $"{VolumeID}#{GenerationCounter + LocalGenerationCounter}";
    public static JsonTypeInfo<VolumeCreatePending> Json => EveJson.VolumeCreatePending;
}
