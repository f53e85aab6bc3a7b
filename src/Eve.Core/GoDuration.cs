using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eve;

/// <summary>A span of time as Go writes it: whole nanoseconds.</summary>
[JsonConverter(typeof(GoDurationConverter))]
public readonly record struct GoDuration(long Nanoseconds) : IComparable<GoDuration>
{
    /// <summary>Cut to 100 ns, which is all that a TimeSpan holds.</summary>
    public TimeSpan ToTimeSpan() => new(Nanoseconds / TimeSpan.NanosecondsPerTick);

    /// <summary>Throws for spans beyond 292 years, which Go cannot hold.</summary>
    public static implicit operator GoDuration(TimeSpan span) => new(checked(span.Ticks * TimeSpan.NanosecondsPerTick));

    public static explicit operator TimeSpan(GoDuration duration) => duration.ToTimeSpan();

    public int CompareTo(GoDuration other) => Nanoseconds.CompareTo(other.Nanoseconds);
    public static bool operator <(GoDuration left, GoDuration right) => left.Nanoseconds < right.Nanoseconds;
    public static bool operator >(GoDuration left, GoDuration right) => left.Nanoseconds > right.Nanoseconds;
    public static bool operator <=(GoDuration left, GoDuration right) => left.Nanoseconds <= right.Nanoseconds;
    public static bool operator >=(GoDuration left, GoDuration right) => left.Nanoseconds >= right.Nanoseconds;

    public override string ToString() => ToTimeSpan().ToString();
}

sealed class GoDurationConverter : JsonConverter<GoDuration>
{
    public override GoDuration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, GoDuration value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Nanoseconds);
}
