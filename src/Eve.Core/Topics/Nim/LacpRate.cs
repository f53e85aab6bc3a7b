using System.Text.Json.Serialization;

namespace Eve.Topics;

[JsonConverter(typeof(NumberConverter<LacpRate>))]
public enum LacpRate : byte
{
    Unspecified = 0,
    Slow = 1,
    Fast = 2,
}
