using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record EdgeviewStatus(
    ulong ExpireOn = 0,
    GoTime StartedOn = default,
    uint CmdCountDev = 0,
    uint CmdCountApp = 0,
    uint CmdCountExt = 0) : ITopic<EdgeviewStatus>
{
    public string Key => "global";
    public static JsonTypeInfo<EdgeviewStatus> Json => EveJson.EdgeviewStatus;
}
