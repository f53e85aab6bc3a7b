using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

/// <summary>Connections to the controller, by network interface.</summary>
[JsonConverter(typeof(MetricsMapConverter))]
public sealed record MetricsMap(ValueMap<string, ControllerConnMetrics> Interfaces = default) : ITopic<MetricsMap>
{
    public string Key => "global";
    public static JsonTypeInfo<MetricsMap> Json => EveJson.MetricsMap;
}

public sealed record ControllerConnMetrics(
    ulong FailureCount = 0,
    ulong SuccessCount = 0,
    GoTime LastFailure = default,
    GoTime LastSuccess = default,
    ValueMap<string, URLMetrics> URLCounters = default,
    ulong AuthFailCount = 0);

public sealed record URLMetrics(
    long TryMsgCount = 0,
    long TryByteCount = 0,
    long SentMsgCount = 0,
    long SentByteCount = 0,
    long RecvMsgCount = 0,
    long RecvByteCount = 0,
    long TotalTimeSpent = 0,
    long SessionResume = 0);

/// <summary>On the wire the record is its map, and never null.</summary>
sealed class MetricsMapConverter : JsonConverter<MetricsMap>
{
    public override MetricsMap Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(EveJson.Json.Map<string, ControllerConnMetrics>(ref reader, EveJson.ControllerConnMetricsForm.Read));

    public override void Write(Utf8JsonWriter writer, MetricsMap value, JsonSerializerOptions options) =>
        EveJson.Json.Write(writer, value.Interfaces.IsNil ? [] : value.Interfaces, EveJson.ControllerConnMetricsForm.Write);
}
