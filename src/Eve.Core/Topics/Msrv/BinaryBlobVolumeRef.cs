using System.Text.Json.Serialization;

namespace Eve.Topics;

public sealed record BinaryBlobVolumeRef(
    [property: JsonPropertyName("fileName")] string FileName = "",
    [property: JsonPropertyName("imageName")] string ImageName = "",
    [property: JsonPropertyName("fileMetaData")] string FileMetaData = "",
    [property: JsonPropertyName("artifactMetaData")] string ArtifactMetaData = "",
    CipherBlockStatus? EncArtifactMeta = null,
    [property: JsonPropertyName("imageId")] string ImageId = "")
{
    [JsonPropertyName("encArtifactMeta")] public CipherBlockStatus EncArtifactMeta { get; init; } = EncArtifactMeta ?? new();
}
