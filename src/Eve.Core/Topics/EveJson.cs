using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

/// <summary>The one context of all topic records. Records take their form from <see cref="Of{T}"/>, which adds what attributes cannot say.</summary>
public sealed partial class EveJson : JsonSerializerContext
{
    /// <summary>How a topic or a part of one is written and read in EVE's dialect.</summary>
    public static JsonTypeInfo<T> Of<T>() => Form<T>.Info;

    internal static JsonSerializerOptions DialectOf(JsonSerializerContext context) => new(context.Options)
    {
        TypeInfoResolver = context.WithAddedModifier(GoTexts),
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,      // base64 would grow: a '+' is six bytes else
    };

    // As in Go: omitempty leaves out empty texts too (WhenWritingDefault only null), and null reads as the empty text.
    static void GoTexts(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.PropertyType == typeof(string)))
        {
            if (property.ShouldSerialize is not null)
                property.ShouldSerialize = (_, value) => value is string { Length: > 0 };
            if (!property.IsGetNullable)
                property.CustomConverter = NullIsEmpty;
        }
    }

    static readonly TextConverter NullIsEmpty = new();

    sealed class TextConverter : JsonConverter<string>
    {
        public override bool HandleNull => true;
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString() ?? "";
        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }

    static class Form<T>
    {
        public static readonly JsonTypeInfo<T> Info = (JsonTypeInfo<T>)Dialect.Options.GetTypeInfo(typeof(T));
    }

    static class Dialect
    {
        public static readonly JsonSerializerOptions Options = DialectOf(Default);
    }
}
