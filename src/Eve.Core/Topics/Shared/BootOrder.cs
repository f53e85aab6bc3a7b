using System.Text.Json.Serialization;

namespace Eve.Topics;

[JsonConverter(typeof(NumberConverter<BootOrder>))]
public enum BootOrder
{
    Unspecified = 0,
    Usb = 1,
    NoUsb = 2,
}
