using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>EVE's form of a log line: one JSON object with level, time, msg, source, pid, func and the message's named values.</summary>
internal static class LogJson
{
    const int LongestText = 32 * 1024;
    static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Line(DateTimeOffset time, LogLevel level, string source, int processId, string message, EventId id, Exception? exception, object? state)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            writer.WriteStartObject();
            writer.WriteString("level", Level(level));
            writer.WriteString("time", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture));
            writer.WriteString("msg", Cut(message));
            writer.WriteString("source", source);
            writer.WriteNumber("pid", processId);
            if (id.Name is { Length: > 0 } name)
                writer.WriteString("func", name);
            if (exception is not null)
                writer.WriteString("error", Cut(exception.ToString()));
            foreach (var (key, value) in state as IEnumerable<KeyValuePair<string, object?>> ?? [])
                WriteField(writer, key, value);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>EVE's word for a level.</summary>
    public static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        _ => "fatal",
    };

    static void WriteField(Utf8JsonWriter writer, string key, object? value)
    {
        if (key is "{OriginalFormat}")
            return;
        writer.WritePropertyName(key is "level" or "time" or "msg" or "source" or "pid" or "func" or "error" ? "fields." + key : key);
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case int number: writer.WriteNumberValue(number); break;
            case long number: writer.WriteNumberValue(number); break;
            case uint number: writer.WriteNumberValue(number); break;
            case ulong number: writer.WriteNumberValue(number); break;
            case IFormattable formattable: writer.WriteStringValue(Cut(formattable.ToString(null, CultureInfo.InvariantCulture))); break;
            default: writer.WriteStringValue(Cut(value.ToString() ?? "")); break;
        }
    }

    static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";
}
