using System.Text.Json.Serialization;

namespace Eve.Topics;

[JsonConverter(typeof(NumberConverter<PCRStatus>))]
public enum PCRStatus
{
    Unknown = 0,
    Enabled = 1,
    Disabled = 2,
}
