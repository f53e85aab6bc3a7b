using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record EdgeNodeInfo(
    string DeviceName = "",
    Guid DeviceID = default,
    string ProjectName = "",
    Guid ProjectID = default,
    string EnterpriseName = "",
    string EnterpriseID = "") : ITopic<EdgeNodeInfo>
{
    public string Key => "global";
    public static JsonTypeInfo<EdgeNodeInfo> Json => EveJson.EdgeNodeInfo;
}
