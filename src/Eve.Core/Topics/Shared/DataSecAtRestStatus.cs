using System.Text.Json.Serialization;

namespace Eve.Topics;

[JsonConverter(typeof(NumberConverter<DataSecAtRestStatus>))]
public enum DataSecAtRestStatus
{
    Unknown = 0,
    Disabled = 1,
    Enabled = 2,
    Error = 4,
}
