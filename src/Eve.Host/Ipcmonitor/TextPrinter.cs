using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Eve.Host.Ipcmonitor;

/// <summary>For people: a line for all that happens, with values below it.</summary>
internal sealed class TextPrinter(TextWriter output, MonitorForm form, bool color) : IMonitorPrinter
{
    const string Red = "\e[31m", Green = "\e[32m", Yellow = "\e[33m", Bold = "\e[1m", Plain = "\e[0m";

    public void Print(TableEvent happened)
    {
        var text = new StringBuilder();
        text.Append(Colored(Bold, happened.Table.Table.ToString())).Append(' ').Append(Line(happened)).Append('\n');
        if (happened.What == Happening.Update)
            AddValue(text, happened);
        output.Write(text.ToString());
    }

    string Line(TableEvent happened) => happened.What switch
    {
        Happening.Hello => $"{(happened.Table.Persistent switch { true => "(persistent) ", false => "", null => "(persistent or not: not said) " })}from {happened.Table.From}",
        Happening.Update => $"{(happened.Old is null ? Colored(Green, "+") : Colored(Yellow, "~"))} {JsonText.Escaped(happened.Key)}",
        Happening.Delete => $"{Colored(Red, "-")} {JsonText.Escaped(happened.Key)}",
        Happening.Complete => $"complete: {Count(happened.Table.Values.Count, "key")}",
        Happening.Restarted when happened.Table.Restarts > 0 => $"restarted {happened.Table.Restarts}",
        Happening.Restarted => "restarted 0: its set is not complete",
        Happening.Gone => Colored(Red, $"is gone: {JsonText.Escaped(happened.Reason)}; waiting for it"),
        _ => Colored(Red, $"cannot be read: {(happened.Key.Length > 0 ? JsonText.Escaped(happened.Key) + ": " : "")}{JsonText.Escaped(happened.Reason)}"),
    };

    void AddValue(StringBuilder text, TableEvent happened)
    {
        if (form == MonitorForm.Go)
            text.Append(CultureInfo.InvariantCulture, $"  {Encoding.UTF8.GetString(happened.New!)}\n");
        else if (form == MonitorForm.Json || happened.Old is null)
            text.Append(CultureInfo.InvariantCulture, $"  {JsonText.Indented(happened.New).Replace("\n", "\n  ", StringComparison.Ordinal)}\n");
        else
            AddDifference(text, happened.Old, happened.New!);
    }

    void AddDifference(StringBuilder text, byte[] old, byte[] @new)
    {
        using var before = JsonDocument.Parse(old);
        using var now = JsonDocument.Parse(@new);
        foreach (var (path, was, @is) in JsonDiff.Between(before.RootElement, now.RootElement))
        {
            var change = (was, @is) switch
            {
                (null, _) => Colored(Green, $"+ {path}: {@is}"),
                (_, null) => Colored(Red, $"- {path}: {was}"),
                _ => $"  {path}: {Colored(Red, was)} -> {Colored(Green, @is)}",
            };
            text.Append(CultureInfo.InvariantCulture, $"  {change}\n");
        }
    }

    public void Print(IReadOnlyList<TableReading> tables)
    {
        string[] heads = ["TOPIC", "KEYS", "BYTES", "PERSISTENT", "RESTARTED", "FROM"];
        List<string[]> rows = [heads, .. tables.Select(Row)];
        var widths = heads.Select((_, i) => rows.Max(r => r[i].Length)).ToArray();
        foreach (var row in rows)
            output.Write(string.Join("  ", row.Select((cell, i) => i is 1 or 2 or 4 ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd() + "\n");
    }

    // A counter that is not there: its publisher says nothing of complete sets.
    static string[] Row(TableReading reading) =>
    [
        reading.State.Table.ToString(), Number(reading.State.Values.Count), Number(reading.State.Size),
        reading.State.Persistent switch { true => "yes", false => "no", null => "-" }, reading.State.Restarts is { } restarts ? Number(restarts) : "-",
        reading.Problem.Length > 0 ? $"{reading.State.From} ({JsonText.Escaped(reading.Problem)})".TrimStart() : reading.State.From,
    ];

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    static string Count(int count, string what) => $"{Number(count)} {what}{(count == 1 ? "" : "s")}";

    string Colored(string code, string text) => color ? code + text + Plain : text;
}
