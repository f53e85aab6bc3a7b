using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Eve.Host.Ipcmonitor;

/// <summary>For programs: one JSON object a line. Fields may be added; those that are there keep their meaning.</summary>
internal sealed class LinesPrinter(TextWriter output, TimeProvider time) : IMonitorPrinter
{
    public void Print(TableEvent happened) => Print(writer =>
    {
        writer.WriteString("time", time.GetUtcNow());
        writer.WriteString("topic", happened.Table.Table.ToString());
        writer.WriteString("event", EventName(happened.What));
        if (happened.What is Happening.Update or Happening.Delete || happened.Key.Length > 0)
            writer.WriteString("key", happened.Key);
        switch (happened.What)
        {
            case Happening.Hello:
                WritePersistent(writer, happened.Table);
                writer.WriteString("from", happened.Table.From);
                break;
            case Happening.Update:
                WriteValue(writer, "value", happened.New!);
                break;
            case Happening.Complete:
                writer.WriteNumber("keys", happened.Table.Values.Count);
                break;
            case Happening.Restarted:
                writer.WriteNumber("restarted", happened.Table.Restarts ?? 0);
                break;
            case Happening.Gone or Happening.Garbled:
                writer.WriteString("reason", happened.Reason);
                break;
        }
    });

    public void Print(IReadOnlyList<TableReading> tables)
    {
        foreach (var (state, problem, _) in tables)
            Print(writer => Write(writer, state, problem));
    }

    static void Write(Utf8JsonWriter writer, TableState state, string problem)
    {
        writer.WriteString("topic", state.Table.ToString());
        writer.WriteString("agent", state.Table.Agent);
        writer.WriteString("scope", state.Table.Scope);
        writer.WriteString("name", state.Table.Topic);
        writer.WriteNumber("keys", state.Values.Count);
        writer.WriteNumber("bytes", state.Size);
        WritePersistent(writer, state);
        if (state.Restarts is { } restarts)
            writer.WriteNumber("restarted", restarts);
        else
            writer.WriteNull("restarted");
        writer.WriteString("from", state.From);
        if (problem.Length > 0)
            writer.WriteString("problem", problem);
    }

    static void WritePersistent(Utf8JsonWriter writer, TableState state)
    {
        if (state.Persistent is { } persistent)
            writer.WriteBoolean("persistent", persistent);
        else
            writer.WriteNull("persistent");
    }

    static void WriteValue(Utf8JsonWriter writer, string name, byte[] json)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(json, skipInputValidation: true);
    }

    static string EventName(Happening what) => what switch
    {
        Happening.Hello => "hello",
        Happening.Update => "update",
        Happening.Delete => "delete",
        Happening.Complete => "complete",
        Happening.Restarted => "restarted",
        Happening.Gone => "gone",
        _ => "garbled",
    };

    void Print(Action<Utf8JsonWriter> fields)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var writer = JsonText.Writer(line, indented: false))
        {
            writer.WriteStartObject();
            fields(writer);
            writer.WriteEndObject();
        }
        output.Write(Encoding.UTF8.GetString(line.WrittenSpan) + "\n");
    }
}
