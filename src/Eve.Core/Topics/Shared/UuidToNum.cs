using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record UuidToNum(
    Guid UUID = default,
    int Number = 0,
    string NumType = "",
    GoTime CreateTime = default,
    GoTime LastUseTime = default,
    bool InUse = false) : ITopic<UuidToNum>
{
    public string Key => UUID.ToString();
    public static JsonTypeInfo<UuidToNum> Json => EveJson.UuidToNum;
}
