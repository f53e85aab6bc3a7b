using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record PatchEnvelopeInfo(
    string Name = "",
    string Version = "",
    ValueList<string> AllowedApps = default,
    string PatchID = "",
    ValueList<string> Errors = default,
    PatchEnvelopeState State = default,
    ValueList<BinaryBlobCompleted> BinaryBlobs = default,
    ValueList<BinaryBlobVolumeRef> VolumeRefs = default,
    ValueList<BinaryCipherBlob> CipherBlobs = default) : ITopic<PatchEnvelopeInfo>
{
    public string Key => $"{PatchID}v{Version}";
    public static JsonTypeInfo<PatchEnvelopeInfo> Json => EveJson.PatchEnvelopeInfo;
}

public sealed record BinaryCipherBlob(
    [property: JsonPropertyName("encType")] BlobEncrytedType EncType = default,
    [property: JsonPropertyName("artifactMetaData")] string ArtifactMetaData = "",
    CipherBlockStatus? EncArtifactMeta = null,
    [property: JsonPropertyName("encURL")] string EncURL = "",
    [property: JsonPropertyName("encFileName")] string EncFileName = "",
    [property: JsonPropertyName("inline")] BinaryBlobCompleted? Inline = null,
    [property: JsonPropertyName("volume")] BinaryBlobVolumeRef? Volume = null)
{
    [JsonPropertyName("encArtifactMeta")] public CipherBlockStatus EncArtifactMeta { get; init; } = EncArtifactMeta ?? new();
}

public enum PatchEnvelopeState
{
    Error = 0,
    Received = 1,
    Downloading = 2,
    Downloaded = 3,
    Ready = 4,
    Active = 5,
}

public enum BlobEncrytedType : sbyte
{
    None = 0,
    Inline = 1,
    Volume = 2,
}
