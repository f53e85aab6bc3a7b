using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Eve;

/// <summary>
/// Fields that EVE sends by way of files, so that a message stays within its limit: <c>pubsub-large-X</c> goes into a file as
/// <c>{"pubsub-large-X":value}</c>, and in its place stands <c>pubsub-file-X</c> with the file's path, as JSON in a JSON text (device-agents.md 1.7).
/// </summary>
internal static class LargeFields
{
    /// <summary>The largest such field, in bytes of its file (device-agents.md 1.6).</summary>
    public const int Largest = (1 << 20) - 1;

    const string Large = "pubsub-large-";
    const string InFile = "pubsub-file-";

    delegate string Replacement(string name, ReadOnlySpan<byte> value);

    /// <summary>Whether a value has fields that go into files.</summary>
    public static bool In(ReadOnlySpan<byte> json) => json.IndexOf("\"pubsub-large-"u8) >= 0;

    /// <summary>Whether fields of a value are in files.</summary>
    public static bool OutOf(ReadOnlySpan<byte> json) => json.IndexOf("\"pubsub-file-"u8) >= 0;

    /// <summary>The value with its large fields in files.</summary>
    /// <param name="json">The whole value.</param>
    /// <param name="keep">Writes a file of its own with this content, and returns its path.</param>
    public static byte[] Cut(ReadOnlySpan<byte> json, Func<byte[], string> keep) => Replace(json, Large, (name, value) =>
    {
        var path = keep([.. Encoding.UTF8.GetBytes($"{Text(Large + name)}:").Prepend((byte)'{'), .. value, (byte)'}']);
        return $"{Text(InFile + name)}:{Text(Text(path))}";
    });

    /// <summary>The value as it was before <see cref="Cut"/>. A field whose file is not there is null.</summary>
    /// <param name="json">As it came.</param>
    /// <param name="take">Reads a file and removes it; null: it is not there.</param>
    public static byte[] Restore(ReadOnlySpan<byte> json, Func<string, byte[]?> take) => Replace(json, InFile, (name, value) =>
    {
        var content = take(PathIn(value));
        var field = content is null ? "null"u8 : FieldIn(content, Large + name);
        return $"{Text(Large + name)}:{Encoding.UTF8.GetString(field)}";
    });

    // Copies everything but the named fields, which are written anew; what is null stays.
    static byte[] Replace(ReadOnlySpan<byte> json, string prefix, Replacement replace)
    {
        var output = new ArrayBufferWriter<byte>(json.Length);
        var reader = new Utf8JsonReader(json);
        var copied = 0;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.GetString() is not { } name || !name.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            var start = (int)reader.TokenStartIndex;
            var value = ValueAfter(ref reader, json);
            if (value.SequenceEqual("null"u8))
                continue;
            output.Write(json[copied..start]);
            output.Write(Encoding.UTF8.GetBytes(replace(name[prefix.Length..], value)));
            copied = (int)reader.BytesConsumed;
        }
        output.Write(json[copied..]);
        return output.WrittenSpan.ToArray();
    }

    static ReadOnlySpan<byte> ValueAfter(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }

    static string PathIn(ReadOnlySpan<byte> value)
    {
        var outer = new Utf8JsonReader(value);
        outer.Read();
        var inner = new Utf8JsonReader(Encoding.UTF8.GetBytes(outer.GetString() ?? ""));
        inner.Read();
        return inner.GetString() ?? "";
    }

    static ReadOnlySpan<byte> FieldIn(ReadOnlySpan<byte> content, string name)
    {
        var reader = new Utf8JsonReader(content);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(name))
                return ValueAfter(ref reader, content);
        }
        return "null"u8;
    }

    static string Text(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
