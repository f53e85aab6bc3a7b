using System.Text.Json.Serialization;

namespace Eve.Topics;

public sealed record BinaryBlobCompleted(
    [property: JsonPropertyName("fileName")] string FileName = "",
    [property: JsonPropertyName("fileSha")] string FileSha = "",
    [property: JsonPropertyName("fileMetaData")] string FileMetaData = "",
    [property: JsonPropertyName("artifactMetaData")] string ArtifactMetaData = "",
    CipherBlockStatus? EncArtifactMeta = null,
    [property: JsonPropertyName("url")] string Url = "",
    [property: JsonPropertyName("size")] long Size = 0)
{
    [JsonPropertyName("encArtifactMeta")] public CipherBlockStatus EncArtifactMeta { get; init; } = EncArtifactMeta ?? new();
}
