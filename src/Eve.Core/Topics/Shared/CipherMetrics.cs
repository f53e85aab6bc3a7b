using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record CipherMetrics(
    string AgentName = "",
    ulong FailureCount = 0,
    ulong SuccessCount = 0,
    GoTime LastFailure = default,
    GoTime LastSuccess = default,
    ValueList<ulong> TypeCounters = default) : ITopic<CipherMetrics>
{
    public string Key => "global";
    public static JsonTypeInfo<CipherMetrics> Json => EveJson.CipherMetrics;
}
