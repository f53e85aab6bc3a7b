using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eve.Topics;

/// <summary>Enums as EVE writes them: as numbers, also those that have no name. Much smaller than the converter that knows names.</summary>
public sealed class NumberConverter<T> : JsonConverter<T> where T : unmanaged, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Of(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteNumberValue(Of(value));

    static readonly TypeCode Code = Type.GetTypeCode(typeof(T));      // of an enum: that of its numbers

    static T Of(long number) => Code switch
    {
        TypeCode.Byte => Unsafe.BitCast<byte, T>(checked((byte)number)),
        TypeCode.SByte => Unsafe.BitCast<sbyte, T>(checked((sbyte)number)),
        TypeCode.UInt32 => Unsafe.BitCast<uint, T>(checked((uint)number)),
        TypeCode.Int32 => Unsafe.BitCast<int, T>(checked((int)number)),
        TypeCode.Int64 or TypeCode.UInt64 => Unsafe.BitCast<long, T>(number),
        _ => throw new NotSupportedException($"{typeof(T)} has numbers of {Code}."),
    };

    static long Of(T value) => Code switch
    {
        TypeCode.Byte => Unsafe.BitCast<T, byte>(value),
        TypeCode.SByte => Unsafe.BitCast<T, sbyte>(value),
        TypeCode.UInt32 => Unsafe.BitCast<T, uint>(value),
        TypeCode.Int32 => Unsafe.BitCast<T, int>(value),
        TypeCode.Int64 or TypeCode.UInt64 => Unsafe.BitCast<T, long>(value),
        _ => throw new NotSupportedException($"{typeof(T)} has numbers of {Code}."),
    };
}
