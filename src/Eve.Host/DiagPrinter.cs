using System.Text.Json;

namespace Eve.Host;

/// <summary>Prints the report that the device's diag has written last, with its age: what the <c>diag</c> link does. It starts nothing and changes nothing.</summary>
internal sealed class DiagPrinter(EvePaths paths, TimeProvider time, TextWriter output)
{
    // The watchdog touches each agent's file some times in this while.
    static readonly TimeSpan Silence = TimeSpan.FromMinutes(3);

    /// <summary><c>--json</c>: the report as JSON; <c>-o FILE</c>: add it to a file.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> PrintAsync(IReadOnlyList<string> arguments)
    {
        if (!TryParse(arguments, out var json, out var file))
        {
            await output.WriteLineAsync($"diag does not know '{string.Join(' ', arguments)}': give --json, -o FILE, or nothing.");
            return 1;
        }
        var path = Path.Combine(paths.Run, json ? "diag.json" : "diag.out");
        try
        {
            var age = time.GetUtcNow() - File.GetLastWriteTimeUtc(path);
            var report = await File.ReadAllTextAsync(path);
            var text = json ? Json(report, age) : Text(report, age);
            if (file is null)
                await output.WriteAsync(text);
            else
                await File.AppendAllTextAsync(file, text);
            return 0;
        }
        catch (FileNotFoundException)
        {
            await output.WriteLineAsync($"There is no report at {path}: start zedbox, or name the device's root by --root.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync($"The report cannot be read or written: {exception.Message}");
        }
        return 1;
    }

    static bool TryParse(IReadOnlyList<string> arguments, out bool json, out string? file)
    {
        (json, file) = (false, null);
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == "--json")
                json = true;
            else if (arguments[i] == "-o" && i + 1 < arguments.Count)
                file = arguments[++i];
            else
                return false;
        }
        return true;
    }

    // Diag writes when something changes: an old report of a device that runs is a true one.
    string Text(string report, TimeSpan age) => $"{report}INFO: the report is {Math.Max(0, (long)age.TotalSeconds)} s old"
        + (Runs() ? "; nothing has changed since.\n" : ", and the device does not run any more.\n");

    string Json(string report, TimeSpan age)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("ageSeconds", Math.Max(0, (long)age.TotalSeconds));
            writer.WriteBoolean("running", Runs());
            writer.WritePropertyName("report");
            using var parsed = JsonDocument.Parse(report);
            parsed.RootElement.WriteTo(writer);
            writer.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    bool Runs() => time.GetUtcNow() - File.GetLastWriteTimeUtc(Path.Combine(paths.Run, AgentNames.Diag + ".touch")) < Silence;
}
