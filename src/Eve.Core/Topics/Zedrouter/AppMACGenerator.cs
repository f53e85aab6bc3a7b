using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record AppMACGenerator(
    Guid UUID = default,
    int Number = 0,
    string NumType = "",
    GoTime CreateTime = default,
    GoTime LastUseTime = default,
    bool InUse = false) : ITopic<AppMACGenerator>
{
    public string Key => UUID.ToString();
    public static JsonTypeInfo<AppMACGenerator> Json => EveJson.AppMACGenerator;
}
