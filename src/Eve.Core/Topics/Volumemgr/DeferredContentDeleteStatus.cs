using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record DeferredContentDeleteStatus(
    Guid ContentID = default,
    long GenerationCounter = 0,
    string ReferenceID = "",
    ValueList<string> Blobs = default,
    GoTime DeleteTime = default) : ITopic<DeferredContentDeleteStatus>
{
    public string Key => ContentID.ToString();
    public static JsonTypeInfo<DeferredContentDeleteStatus> Json => EveJson.DeferredContentDeleteStatus;
}
