using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record PatchEnvelopeInfoList(ValueList<PatchEnvelopeInfo> Envelopes = default) : ITopic<PatchEnvelopeInfoList>
{
    public string Key => "global";
    public static JsonTypeInfo<PatchEnvelopeInfoList> Json => EveJson.PatchEnvelopeInfoList;
}
