using System.Text.Json.Serialization;

namespace Eve.Topics;

[JsonConverter(typeof(NumberConverter<WirelessType>))]
public enum WirelessType : byte
{
    None = 0,
    Cellular = 1,
    Wifi = 2,
}
