using System.Text.Json.Serialization;

namespace Eve.Topics;

[JsonConverter(typeof(NumberConverter<DrainRequester>))]
public enum DrainRequester : byte
{
    None = 1,
    DeviceOp = 2,
    Update = 3,
}
