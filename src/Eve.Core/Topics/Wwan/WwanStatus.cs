using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record WwanStatus(
    string DPCKey = "",
    GoTime DPCTimestamp = default,
    GoTime RSConfigTimestamp = default,
    ValueList<WwanNetworkStatus> Networks = default) : ITopic<WwanStatus>
{
    public string Key => "global";
    public static JsonTypeInfo<WwanStatus> Json => EveJson.WwanStatus;
}
