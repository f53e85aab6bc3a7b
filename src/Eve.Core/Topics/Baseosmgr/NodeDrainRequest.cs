using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record NodeDrainRequest(
    GoTime RequestedAt = default,
    DrainRequester RequestedBy = default,
    string Context = "") : ITopic<NodeDrainRequest>
{
    public string Key => "global";
    public static JsonTypeInfo<NodeDrainRequest> Json => EveJson.NodeDrainRequest;
}
