using System.Text.Json.Serialization;

namespace Eve.Topics;

[JsonConverter(typeof(NumberConverter<BearerType>))]
public enum BearerType
{
    Unspecified = 0,
    Attach = 1,
    Default = 2,
    Dedicated = 3,
}
