using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eve;

/// <summary>A point in time as Go writes it: RFC 3339 with up to nine digits and its offset kept. The default is Go's zero time.</summary>
/// <remarks>Equality includes the offset, as the text does; the order is that of the instants.</remarks>
[JsonConverter(typeof(GoTimeConverter))]
public readonly record struct GoTime : IComparable<GoTime>
{
    internal const int MaxLength = 35;              // 2026-11-24T08:13:43.123456789+01:00
    const long NanosecondsPerSecond = 1_000_000_000;

    readonly long _seconds;                         // since 0001-01-01T00:00:00Z
    readonly int _nanoseconds;
    readonly short _offsetMinutes;

    GoTime(long seconds, int nanoseconds, short offsetMinutes) => (_seconds, _nanoseconds, _offsetMinutes) = (seconds, nanoseconds, offsetMinutes);

    /// <summary>Go's zero time, which EVE writes where there is none.</summary>
    public bool IsZero => _seconds == 0 && _nanoseconds == 0;

    /// <summary>The offset from UTC in which the time is written.</summary>
    public TimeSpan Offset => TimeSpan.FromMinutes(_offsetMinutes);

    /// <summary>The part below a second.</summary>
    public int Nanoseconds => _nanoseconds;

    /// <summary>Whole seconds since 1970.</summary>
    public long UnixSeconds => _seconds - DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerSecond;

    /// <summary>The time in UTC, from seconds since 1970 and nanoseconds.</summary>
    public static GoTime FromUnix(long seconds, int nanoseconds = 0) =>
        new(seconds + DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerSecond, nanoseconds, 0);

    public static implicit operator GoTime(DateTimeOffset time)
    {
        var (seconds, ticks) = Math.DivRem(time.UtcTicks, TimeSpan.TicksPerSecond);
        return new(seconds, (int)ticks * 100, (short)time.TotalOffsetMinutes);
    }

    /// <summary>The same instant and offset; the last two of the nine digits are lost.</summary>
    public DateTimeOffset ToDateTimeOffset() =>
        new DateTimeOffset(_seconds * TimeSpan.TicksPerSecond + _nanoseconds / 100, TimeSpan.Zero).ToOffset(IsZero ? TimeSpan.Zero : Offset);

    public static explicit operator DateTimeOffset(GoTime time) => time.ToDateTimeOffset();

    /// <summary>The same instant, written in UTC.</summary>
    public GoTime ToUniversalTime() => new(_seconds, _nanoseconds, 0);

    public int CompareTo(GoTime other)
    {
        var bySeconds = _seconds.CompareTo(other._seconds);
        return bySeconds != 0 ? bySeconds : _nanoseconds.CompareTo(other._nanoseconds);
    }

    public static bool operator <(GoTime left, GoTime right) => left.CompareTo(right) < 0;
    public static bool operator >(GoTime left, GoTime right) => left.CompareTo(right) > 0;
    public static bool operator <=(GoTime left, GoTime right) => left.CompareTo(right) <= 0;
    public static bool operator >=(GoTime left, GoTime right) => left.CompareTo(right) >= 0;
    public static TimeSpan operator -(GoTime left, GoTime right) =>
        new((left._seconds - right._seconds) * TimeSpan.TicksPerSecond + (left._nanoseconds - right._nanoseconds) / 100);
    public static GoTime operator +(GoTime time, TimeSpan span) => time.Plus(span.Ticks);
    public static GoTime operator -(GoTime time, TimeSpan span) => time.Plus(-span.Ticks);

    public override string ToString()
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(text[..Format(text)]);
    }

    /// <summary>Reads RFC 3339; false for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out GoTime time)
    {
        time = default;
        Span<byte> bytes = stackalloc byte[64];
        return Encoding.UTF8.TryGetBytes(text, bytes, out var length) && TryParse(bytes[..length], out time);
    }

    /// <summary>Reads RFC 3339; throws for anything else.</summary>
    public static GoTime Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var time) ? time : throw new FormatException($"'{text}' is not a time in RFC 3339.");

    internal static bool TryParse(ReadOnlySpan<byte> text, out GoTime time)
    {
        time = default;
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || (text[10] | 0x20) != 't' || text[13] != ':' || text[16] != ':')
            return false;
        if (!Digits(text[..4], out var year) || !Digits(text[5..7], out var month) || !Digits(text[8..10], out var day) ||
            !Digits(text[11..13], out var hour) || !Digits(text[14..16], out var minute) || !Digits(text[17..19], out var second))
            return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return false;
        if (!Fraction(text[19..], out var nanoseconds, out var used) || !Zone(text[(19 + used)..], out var offset))
            return false;

        var seconds = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks / TimeSpan.TicksPerSecond - offset * 60L;
        if (seconds < 0)
            return false;
        time = new(seconds, nanoseconds, (short)offset);
        return true;
    }

    internal int Format(Span<byte> text)
    {
        var local = new DateTime((_seconds + _offsetMinutes * 60L) * TimeSpan.TicksPerSecond, DateTimeKind.Utc);
        local.TryFormat(text, out var length, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        if (_nanoseconds != 0)
        {
            text[length++] = (byte)'.';
            Utf8Formatter.TryFormat(_nanoseconds, text[length..], out var digits, new('D', 9));
            length += digits;
            while (text[length - 1] == '0')
                length--;
        }
        if (_offsetMinutes == 0)
        {
            text[length++] = (byte)'Z';
            return length;
        }
        text[length++] = (byte)(_offsetMinutes < 0 ? '-' : '+');
        var (hours, minutes) = Math.DivRem(Math.Abs((int)_offsetMinutes), 60);
        Utf8Formatter.TryFormat(hours, text[length..], out _, new('D', 2));
        text[length + 2] = (byte)':';
        Utf8Formatter.TryFormat(minutes, text[(length + 3)..], out _, new('D', 2));
        return length + 5;
    }

    GoTime Plus(long ticks)
    {
        var (seconds, rest) = Math.DivRem(ticks, TimeSpan.TicksPerSecond);
        var nanoseconds = _nanoseconds + rest * 100;
        return nanoseconds switch
        {
            < 0 => new(_seconds + seconds - 1, (int)(nanoseconds + NanosecondsPerSecond), _offsetMinutes),
            >= NanosecondsPerSecond => new(_seconds + seconds + 1, (int)(nanoseconds - NanosecondsPerSecond), _offsetMinutes),
            _ => new(_seconds + seconds, (int)nanoseconds, _offsetMinutes),
        };
    }

    static bool Digits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            value = value * 10 + (digit - '0');
        }
        return true;
    }

    static bool Fraction(ReadOnlySpan<byte> text, out int nanoseconds, out int used)
    {
        (nanoseconds, used) = (0, 0);
        if (text[0] != '.' && text[0] != ',')
            return true;
        for (used = 1; used < text.Length && char.IsAsciiDigit((char)text[used]); used++)
        {
            if (used <= 9)
                nanoseconds = nanoseconds * 10 + (text[used] - '0');
        }
        for (var missing = used; missing <= 9; missing++)
            nanoseconds *= 10;
        return used > 1;
    }

    static bool Zone(ReadOnlySpan<byte> text, out int offset)
    {
        offset = 0;
        if (text.Length == 1)
            return (text[0] | 0x20) == 'z';
        if (text.Length != 6 || text[3] != ':' || (text[0] != '+' && text[0] != '-'))
            return false;
        if (!Digits(text[1..3], out var hours) || !Digits(text[4..6], out var minutes))
            return false;
        offset = (hours * 60 + minutes) * (text[0] == '-' ? -1 : 1);
        return minutes < 60 && Math.Abs(offset) <= 14 * 60;   // what DateTimeOffset can hold
    }
}

sealed class GoTimeConverter : JsonConverter<GoTime>
{
    public override GoTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException("not a time");
        if (!reader.HasValueSequence && GoTime.TryParse(reader.ValueSpan, out var time))
            return time;
        return GoTime.TryParse(reader.GetString(), out time) ? time : throw new JsonException("not a time in RFC 3339");
    }

    public override void Write(Utf8JsonWriter writer, GoTime value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[GoTime.MaxLength];
        writer.WriteStringValue(text[..value.Format(text)]);
    }
}
