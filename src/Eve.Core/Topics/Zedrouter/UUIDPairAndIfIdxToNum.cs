using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record UUIDPairAndIfIdxToNum(
    Guid BaseID = default,
    Guid AppID = default,
    uint IfIdx = 0,
    int Number = 0,
    string NumType = "",
    GoTime CreateTime = default,
    GoTime LastUseTime = default,
    bool InUse = false) : ITopic<UUIDPairAndIfIdxToNum>
{
    public string Key => $"{BaseID}-{AppID}-{IfIdx}";
    public static JsonTypeInfo<UUIDPairAndIfIdxToNum> Json => EveJson.UUIDPairAndIfIdxToNum;
}
