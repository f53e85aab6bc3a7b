using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record BaseOSMgrStatus(uint CurrentRetryUpdateCounter = 0) : ITopic<BaseOSMgrStatus>
{
    public string Key => "global";
    public static JsonTypeInfo<BaseOSMgrStatus> Json => EveJson.BaseOSMgrStatus;
}
