using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record WwanLocationInfo(
    string LogicalLabel = "",
    double Latitude = 0,
    double Longitude = 0,
    double Altitude = 0,
    ulong UTCTimestamp = 0,
    string HorizontalReliability = "",
    string VerticalReliability = "",
    float HorizontalUncertainty = 0,
    float VerticalUncertainty = 0) : ITopic<WwanLocationInfo>
{
    public string Key => "global";
    public static JsonTypeInfo<WwanLocationInfo> Json => EveJson.WwanLocationInfo;
}

/// <summary>The values of LocReliability, which EVE writes as text.</summary>
public static class LocReliability
{
    public const string Unspecified = "not-set";
    public const string VeryLow = "very-low";
    public const string Low = "low";
    public const string Medium = "medium";
    public const string High = "high";
}
