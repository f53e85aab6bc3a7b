namespace Eve.Agents.Diag;

/// <summary>Where a report goes. Text and JSON are each whole at any moment.</summary>
public interface IReportFiles
{
    /// <summary>Writes it in both forms.</summary>
    /// <returns>Why it could not be written; null if it could.</returns>
    string? Write(string text, ReadOnlyMemory<byte> json);
}

/// <summary>/run/diag.out and /run/diag.json.</summary>
internal sealed class ReportFiles(EvePaths paths) : IReportFiles
{
    public string? Write(string text, ReadOnlyMemory<byte> json)
    {
        try
        {
            Directory.CreateDirectory(paths.Run);
            Replace("diag.out", file => File.WriteAllText(file, text));
            Replace("diag.json", file => File.WriteAllBytes(file, json.Span));
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    // /run does not outlive a boot, so nothing is synced.
    void Replace(string name, Action<string> write)
    {
        var temporary = Path.Combine(paths.Run, name + ".tmp");
        write(temporary);
        File.Move(temporary, Path.Combine(paths.Run, name), overwrite: true);
    }
}
