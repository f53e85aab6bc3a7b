using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace Eve.Topics;

public sealed record DevicePortConfigList(
    [property: JsonIgnore(Condition = WhenWritingDefault)] int CurrentIndex = 0,
    [property: JsonIgnore(Condition = WhenWritingDefault)] ValueList<DevicePortConfig> PortConfigList = default) : ITopic<DevicePortConfigList>
{
    public string Key => "global";
    public static JsonTypeInfo<DevicePortConfigList> Json => EveJson.DevicePortConfigList;
}
