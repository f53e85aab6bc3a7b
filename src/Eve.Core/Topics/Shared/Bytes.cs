using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eve.Topics;

/// <summary>Immutable bytes compared by content; base64 on the wire. Nil and empty are equal; each is written as it was read (null, "").</summary>
[JsonConverter(typeof(BytesConverter))]
public readonly struct Bytes(ReadOnlySpan<byte> content) : IEquatable<Bytes>
{
    readonly byte[]? _content = content.ToArray();

    public bool IsNil => _content is null;
    public int Length => _content?.Length ?? 0;
    public ReadOnlySpan<byte> Span => _content;
    public ReadOnlyMemory<byte> Memory => _content;
    public byte[] ToArray() => Span.ToArray();

    /// <summary>A copy; a null array is nil.</summary>
    public static implicit operator Bytes(byte[]? content) => content is null ? default : new(content);

    /// <summary>Lower-case hexadecimal digits, as keys of topics have them.</summary>
    public string ToHex() => Convert.ToHexStringLower(Span);

    public bool Equals(Bytes other) => Span.SequenceEqual(other.Span);
    public override bool Equals(object? obj) => obj is Bytes other && Equals(other);
    public static bool operator ==(Bytes left, Bytes right) => left.Equals(right);
    public static bool operator !=(Bytes left, Bytes right) => !left.Equals(right);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    public override string ToString() => Convert.ToBase64String(Span);
}

sealed class BytesConverter : JsonConverter<Bytes>
{
    public override bool HandleNull => true;

    public override Bytes Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? default : new(reader.GetBytesFromBase64());

    public override void Write(Utf8JsonWriter writer, Bytes value, JsonSerializerOptions options)
    {
        if (value.IsNil)
            writer.WriteNullValue();
        else
            writer.WriteBase64StringValue(value.Span);
    }
}
