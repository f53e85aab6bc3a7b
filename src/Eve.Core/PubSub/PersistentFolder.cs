using System.Globalization;
using System.Text;
using System.Text.Json;
using Eve.Platform;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>One topic's folder in EVE's layout: KEY.json, the former value as KEY.json.bak, and the counter "restarted" (device-agents.md 1.3).</summary>
internal sealed partial class PersistentFolder<T>(string path, ILogger log) where T : class, ITopic<T>
{
    const string Suffix = ".json";
    const string Backup = ".json.bak";
    const int LongestName = 255;

    public string Path => path;

    /// <summary>What the folder holds. A file that does not parse is restored from its backup, or left out: no file stops a device.</summary>
    public Dictionary<string, T> Load()
    {
        Dictionary<string, T> values = [];
        try
        {
            if (!Directory.Exists(path))
                return values;
            RemoveLeftovers();
            foreach (var key in KeysOf(Suffix).Union(KeysOf(Backup)).ToList())
            {
                if ((ReadFile(FileOf(key)) ?? Restore(key)) is { } value)
                    values[key] = value;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.CannotRead(log, path, exception.Message);
        }
        return values;
    }

    /// <summary>Writes a value, or deletes the key's files (null).</summary>
    public void Write(string key, T? value)
    {
        if (value is not null)
            DurableFile.Write(FileOf(key), JsonSerializer.SerializeToUtf8Bytes(value, T.Json), keepBackup: Encoding.UTF8.GetByteCount(key + Backup) <= LongestName);
        else if (Directory.Exists(path))
            DurableFile.Delete(FileOf(key));
    }

    /// <summary>EVE's agents read from this file that the set is complete; none: not yet.</summary>
    public void WriteRestarted(int restarts)
    {
        var file = System.IO.Path.Combine(path, "restarted");
        if (restarts > 0)
            DurableFile.Write(file, Encoding.ASCII.GetBytes(restarts.ToString(CultureInfo.InvariantCulture)));
        else if (File.Exists(file))
            DurableFile.Delete(file);
    }

    // A killed process may leave a file behind that it had not moved to its place yet.
    void RemoveLeftovers()
    {
        foreach (var file in Directory.GetFiles(path, DurableFile.TemporaryPrefix + "*"))
        {
            if (!file.EndsWith(Suffix, StringComparison.Ordinal) && !file.EndsWith(Backup, StringComparison.Ordinal))
                File.Delete(file);
        }
    }

    T? Restore(string key)
    {
        var backup = System.IO.Path.Combine(path, key + Backup);
        if (!File.Exists(backup) || ReadFile(backup) is not { } value)
            return null;
        Log.Restored(log, path, key);
        try
        {
            DurableFile.Write(FileOf(key), File.ReadAllBytes(backup));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.CannotRestore(log, FileOf(key), exception.Message);      // the value is there all the same
        }
        return value;
    }

    T? ReadFile(string file)
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), T.Json) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException || IsGarbled(exception))
        {
            Log.CannotRead(log, file, exception.Message);
            return null;
        }
    }

    // A converter may meet anything in a garbled file.
    static bool IsGarbled(Exception exception) =>
        exception is JsonException or FormatException or OverflowException or ArgumentException or InvalidOperationException or NotSupportedException;

    IEnumerable<string> KeysOf(string suffix) => Directory.GetFiles(path, "*" + suffix).Select(f => System.IO.Path.GetFileName(f)[..^suffix.Length]);

    string FileOf(string key) => System.IO.Path.Combine(path, key + Suffix);

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Cannot read {Path}: {Reason}")]
        public static partial void CannotRead(ILogger log, string path, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Path}: {Key} is restored from its backup")]
        public static partial void Restored(ILogger log, string path, string key);

        [LoggerMessage(Level = LogLevel.Error, Message = "Cannot write {Path} back from its backup: {Reason}")]
        public static partial void CannotRestore(ILogger log, string path, string reason);
    }
}
