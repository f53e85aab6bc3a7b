using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record ZVolStatus(string Dataset = "", string Device = "") : ITopic<ZVolStatus>
{
    public string Key => Dataset.Replace('/', '_');
    public static JsonTypeInfo<ZVolStatus> Json => EveJson.ZVolStatus;
}
