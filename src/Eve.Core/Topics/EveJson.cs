using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

/// <summary>The topics' JSON in EVE's dialect: the forms, written by Eve.Core.Generator from the records, and here what they share.</summary>
/// <remarks>
/// As in Go: names are read in any case, unknown ones passed over, null leaves the zero value; omitempty (WhenWritingDefault) leaves out empty texts too.
/// </remarks>
internal static partial class EveJson
{
    internal delegate T ReadValue<out T>(ref Utf8JsonReader json);

    /// <summary>A converter that a type names itself.</summary>
    static class Converter<T> where T : JsonConverter, new()
    {
        public static readonly T One = new();
    }

    sealed class Form<T>(ReadValue<T> read, Action<Utf8JsonWriter, T> write) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(ref reader);
        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => write(writer, value);
    }

    internal static class Json
    {
        internal static readonly JsonSerializerOptions Options = new()
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine(),
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,      // base64 would grow: a '+' is six bytes else
        };

        internal static JsonTypeInfo<T> Info<T>(ReadValue<T> read, Action<Utf8JsonWriter, T> write) => Info(new Form<T>(read, write));

        internal static JsonTypeInfo<T> Info<T>(JsonConverter<T> converter) => JsonMetadataServices.CreateValueInfo<T>(Options, converter);

        /// <summary>Whether there is an object to read; there is none in null.</summary>
        internal static bool Begins(ref Utf8JsonReader json) => json.TokenType switch
        {
            JsonTokenType.StartObject => true,
            JsonTokenType.Null => false,
            _ => throw new JsonException("not an object"),
        };

        /// <summary>Goes to the next name of the object.</summary>
        internal static bool Next(ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.PropertyName;

        /// <summary>Goes on to the value when the name is this one, in any case.</summary>
        internal static bool Is(ref Utf8JsonReader json, ReadOnlySpan<byte> name) =>
            (json.ValueIsEscaped ? Ascii.EqualsIgnoreCase(json.GetString(), name) : Ascii.EqualsIgnoreCase(json.ValueSpan, name)) && json.Read();

        /// <summary>Past a name and its value, which is there as a whole.</summary>
        internal static void Skip(ref Utf8JsonReader json) => json.TrySkip();

        internal static bool IsNull(ref Utf8JsonReader json) => json.TokenType == JsonTokenType.Null;

        internal static ValueList<T> List<T>(ref Utf8JsonReader json, ReadValue<T> read)
        {
            if (IsNull(ref json))
                return default;
            if (json.TokenType != JsonTokenType.StartArray)
                throw new JsonException("not an array");
            T[] items = [];
            var count = 0;
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                if (count == items.Length)
                    Array.Resize(ref items, Math.Max(4, count * 2));
                items[count++] = Item(ref json, read);
            }
            Array.Resize(ref items, count);
            return new(items);
        }

        internal static ValueMap<TKey, TValue> Map<TKey, TValue>(ref Utf8JsonReader json, ReadValue<TValue> read) where TKey : notnull, IParsable<TKey>
        {
            if (!Begins(ref json))
                return default;
            var entries = new Dictionary<TKey, TValue>();
            while (Next(ref json))
            {
                var key = ValueMap.Key<TKey>(json.GetString());
                json.Read();
                entries[key] = Item(ref json, read);
            }
            return new(entries);
        }

        // Among Go's pointers one may be nil.
        static T Item<T>(ref Utf8JsonReader json, ReadValue<T> read) => default(T) is null && IsNull(ref json) ? default! : read(ref json);

        static void Write<T>(Utf8JsonWriter json, T item, Action<Utf8JsonWriter, T> write)
        {
            if (item is null)
                json.WriteNullValue();
            else
                write(json, item);
        }

        internal static void Write<T>(Utf8JsonWriter json, ValueList<T> list, Action<Utf8JsonWriter, T> write)
        {
            if (list.IsNil)
            {
                json.WriteNullValue();
                return;
            }
            json.WriteStartArray();
            foreach (var item in list.Span)
                Write(json, item, write);
            json.WriteEndArray();
        }

        internal static void Write<TKey, TValue>(Utf8JsonWriter json, ValueMap<TKey, TValue> map, Action<Utf8JsonWriter, TValue> write) where TKey : notnull
        {
            if (map.IsNil)
            {
                json.WriteNullValue();
                return;
            }
            json.WriteStartObject();
            foreach (var (name, key) in map.Names())
            {
                json.WritePropertyName(name);
                Write(json, map[key], write);
            }
            json.WriteEndObject();
        }
    }
}
