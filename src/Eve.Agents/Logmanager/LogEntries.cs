using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Eve.Agents.Logmanager;

/// <summary>Lines of log files: EVE's LogEntry as Go writes it, with the time in seconds and nanoseconds, and no empty fields (controller.md 5.2).</summary>
internal static class LogEntries
{
    static readonly JsonWriterOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(LogLine line, long id) => Entry(LogJson.Level(line.Level), line.Source, line.Json, id, line.Time);

    public static string Of(ConsoleLine line, long id) => Entry("info", line.App.ToString(), line.Text, id, line.Time);

    /// <summary>So many lines did not get here.</summary>
    public static string Lost(long lines, long id, DateTimeOffset now) =>
        Entry("warning", AgentNames.Logmanager, $"{lines} lines were lost: the log was written faster than it could be kept.", id, now);

    /// <summary>What the files of the device say of themselves.</summary>
    public static string DeviceHeader(Guid device, string partition, string version) => Object(writer =>
    {
        writer.WriteString("devID", device);
        writer.WriteString("image", partition);
        writer.WriteString("eveVersion", version);
    });

    static string Entry(string severity, string source, string content, long id, DateTimeOffset time) => Object(writer =>
    {
        writer.WriteString("severity", severity);
        writer.WriteString("source", source);
        if (content.Length > 0)
            writer.WriteString("content", content);
        writer.WriteNumber("msgid", id);
        writer.WriteStartObject("timestamp");
        writer.WriteNumber("seconds", time.ToUnixTimeSeconds());
        writer.WriteNumber("nanos", time.UtcTicks % TimeSpan.TicksPerSecond * 100);
        writer.WriteEndObject();
    });

    static string Object(Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, s_readable))
        {
            writer.WriteStartObject();
            fields(writer);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
