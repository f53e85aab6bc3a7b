using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eve.Topics;

/// <summary>A hardware address of up to 8 bytes: base64 on the wire, aa:bb:cc:dd:ee:ff as text. The default is nil: null and "".</summary>
[JsonConverter(typeof(MacAddressConverter))]
public readonly record struct MacAddress
{
    readonly ulong _bits;
    readonly byte _length;

    public MacAddress(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 8)
            throw new ArgumentException($"A hardware address has at most 8 bytes, not {bytes.Length}.", nameof(bytes));
        foreach (var part in bytes)
            _bits = _bits << 8 | part;
        _length = (byte)bytes.Length;
    }

    public bool IsNil => _length == 0;

    public byte[] ToArray()
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _bits);
        return bytes[(8 - _length)..];
    }

    public override string ToString() => string.Join(':', ToArray().Select(part => part.ToString("x2", CultureInfo.InvariantCulture)));

    /// <summary>Reads aa:bb:cc:dd:ee:ff (or with dashes); "" is the nil address.</summary>
    public static bool TryParse(string? text, out MacAddress address)
    {
        address = default;
        if (string.IsNullOrEmpty(text))
            return text is not null;
        var parts = text.Split(':', '-');
        if (parts.Length is not (6 or 8))
            return false;
        var bytes = new byte[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Length != 2 || !byte.TryParse(parts[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[i]))
                return false;
        }
        address = new(bytes);
        return true;
    }

    public static MacAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not a hardware address.");
}

sealed class MacAddressConverter : JsonConverter<MacAddress>
{
    public override bool HandleNull => true;

    public override MacAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return default;
        var bytes = reader.GetBytesFromBase64();
        return bytes.Length <= 8 ? new(bytes) : throw new JsonException($"a hardware address of {bytes.Length} bytes");
    }

    public override void Write(Utf8JsonWriter writer, MacAddress value, JsonSerializerOptions options)
    {
        if (value.IsNil)
            writer.WriteNullValue();
        else
            writer.WriteBase64StringValue(value.ToArray());
    }
}
