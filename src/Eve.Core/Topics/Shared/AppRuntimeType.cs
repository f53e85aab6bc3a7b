using System.Text.Json.Serialization;

namespace Eve.Topics;

[JsonConverter(typeof(NumberConverter<AppRuntimeType>))]
public enum AppRuntimeType
{
    Unspecified = 0,
    Docker = 1,
}
