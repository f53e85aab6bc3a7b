using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Eve.Host.Ipcmonitor;

/// <summary>JSON as texts. Numbers stay as they were written; what could steer a terminal is escaped.</summary>
internal static class JsonText
{
    static readonly JavaScriptEncoder Readable = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;       // for eyes and scripts, not for web pages

    /// <summary>On one line.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static byte[] Compact(ReadOnlyMemory<byte> json) => Write(json, indented: false);

    /// <summary>One field a line.</summary>
    public static string Indented(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(Write(json, indented: true));

    /// <summary>A text as JSON has it, without the quotes: safe for a terminal.</summary>
    public static string Escaped(string text) => JsonEncodedText.Encode(text, Readable).ToString().Replace("\\\"", "\"", StringComparison.Ordinal);

    public static string Text(JsonElement element)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = Writer(output, indented: false))
            element.WriteTo(writer);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static Utf8JsonWriter Writer(IBufferWriter<byte> output, bool indented) => new(output, new() { Indented = indented, Encoder = Readable });

    static byte[] Write(ReadOnlyMemory<byte> json, bool indented)
    {
        using var document = JsonDocument.Parse(json);
        var output = new ArrayBufferWriter<byte>(json.Length + 1);
        using (var writer = Writer(output, indented))
            document.RootElement.WriteTo(writer);
        return output.WrittenSpan.ToArray();
    }
}
