using Eve.Topics;
using Google.Protobuf.WellKnownTypes;

namespace Eve.Agents.Zedagent.Reporting;

/// <summary>Times and sizes as reports have them (reports.md 0).</summary>
internal static class Units
{
    /// <summary>Absent for EVE's zero time: a reader would take it for the year 1.</summary>
    public static Timestamp? Time(GoTime time) => time.IsZero ? null : new() { Seconds = time.UnixSeconds, Nanos = time.Nanoseconds };

    /// <summary>A duration as reports have it: a time since 1970.</summary>
    public static Timestamp Span(TimeSpan span) => Timestamp.FromDateTime(DateTime.UnixEpoch + span);

    /// <summary>To the nearest MiB; half of one counts up.</summary>
    public static ulong MiB(ulong bytes) => (bytes >> 20) + ((bytes >> 19) & 1);

    /// <summary>To the next MiB.</summary>
    public static ulong MiBUp(ulong bytes) => (bytes >> 20) + ((bytes & 0xFFFFF) == 0 ? 0UL : 1);

    /// <summary>As much as fits.</summary>
    public static uint Clamp(ulong value) => value > uint.MaxValue ? uint.MaxValue : (uint)value;

    /// <summary>One number taken from another, never below 0.</summary>
    public static ulong Less(ulong value, ulong part) => value > part ? value - part : 0;
}
