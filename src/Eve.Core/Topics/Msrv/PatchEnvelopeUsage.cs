using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record PatchEnvelopeUsage(
    string AppUUID = "",
    string PatchID = "",
    string Version = "",
    ulong PatchAPICallCount = 0,
    ulong DownloadCount = 0) : ITopic<PatchEnvelopeUsage>
{
    public string Key => $"{PatchID}v{Version}app{AppUUID}";
    public static JsonTypeInfo<PatchEnvelopeUsage> Json => EveJson.PatchEnvelopeUsage;
}
