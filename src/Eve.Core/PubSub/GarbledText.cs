using System.Text.Json;

namespace Eve;

/// <summary>A topic's JSON from outside: from a file, or from another process.</summary>
internal static class GarbledText
{
    /// <summary>Whether an exception says that a text is none of ours: a converter may meet anything in it.</summary>
    public static bool IsBehind(Exception exception) =>
        exception is JsonException or FormatException or OverflowException or ArgumentException or InvalidOperationException or NotSupportedException;
}
