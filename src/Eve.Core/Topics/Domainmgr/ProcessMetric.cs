using System.Globalization;
using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record ProcessMetric(
    int Pid = 0,
    string Name = "",
    bool UserProcess = false,
    bool Watched = false,
    int NumFDs = 0,
    int NumThreads = 0,
    double UserTime = 0,
    double SystemTime = 0,
    double CPUPercent = 0,
    GoTime CreateTime = default,
    ulong VMBytes = 0,
    ulong RssBytes = 0,
    float MemoryPercent = 0,
    string Stack = "") : ITopic<ProcessMetric>
{
    public string Key => Pid.ToString(CultureInfo.InvariantCulture);
    public static JsonTypeInfo<ProcessMetric> Json => EveJson.ProcessMetric;
}
