using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record UUIDPairToNum(
    Guid BaseID = default,
    Guid AppID = default,
    int Number = 0,
    string NumType = "",
    GoTime CreateTime = default,
    GoTime LastUseTime = default,
    bool InUse = false) : ITopic<UUIDPairToNum>
{
    public string Key => $"{BaseID}-{AppID}";
    public static JsonTypeInfo<UUIDPairToNum> Json => EveJson.UUIDPairToNum;
}
