using System.Text.Json.Serialization;

namespace Eve.Topics;

[JsonConverter(typeof(NumberConverter<DevicePortConfigVersion>))]
public enum DevicePortConfigVersion : uint
{
    Initial = 0,
    IsMgmt = 1,
}
