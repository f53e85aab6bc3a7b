using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eve.Topics;

/// <summary>A value of any JSON type, kept as its text and compared by it; the default is null.</summary>
[JsonConverter(typeof(RawJsonConverter))]
public readonly record struct RawJson(string? Text)
{
    public override string ToString() => Text ?? "null";
}

sealed class RawJsonConverter : JsonConverter<RawJson>
{
    public override bool HandleNull => true;

    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return default;
        using var document = JsonDocument.ParseValue(ref reader);
        return new(document.RootElement.GetRawText());
    }

    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) => writer.WriteRawValue(value.ToString());
}
