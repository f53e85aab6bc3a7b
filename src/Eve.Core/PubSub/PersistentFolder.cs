using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Eve.Platform;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>One topic's folder in EVE's layout: KEY.json, the former value as KEY.json.bak, and the counter "restarted" (device-agents.md 1.3).</summary>
internal sealed partial class PersistentFolder(IFiles files, string path, JsonTypeInfo form, bool keepsBackups, ILogger log)
{
    const string Suffix = ".json";
    const string Backup = ".json.bak";
    const string Garbled = ".garbled";      // EVE's loader looks at no other suffix than its own
    const int LongestName = 255;
    const int MostGarbled = 8;
    const int WorthAllCores = 64;
    const int RemovedAtOnce = 500;

    readonly Queue<string> _leftovers = [];
    int _garbled;

    public string Path => path;

    /// <summary>What the folder holds. A file that does not parse is restored from its backup, or left out: no file stops a device.</summary>
    public Dictionary<string, object> Load()
    {
        Dictionary<string, object> values = [];
        try
        {
            var names = files.List(path);
            foreach (var name in names.Where(IsLeftover))
                _leftovers.Enqueue(name);
            _garbled = names.Count(n => n.EndsWith(Garbled, StringComparison.Ordinal));
            var keys = KeysOf(names, Suffix).ToArray();
            foreach (var (key, value) in keys.Zip(ReadAll(keys)))
            {
                if (value is not null)
                    values[key] = value;
            }
            foreach (var key in KeysOf(names, Backup).Where(k => !values.ContainsKey(k)))
            {
                if (Restore(key) is { } value)
                    values[key] = value;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.CannotRead(log, exception.Message);
        }
        return values;
    }

    /// <summary>Writes a value, or removes the key's files (null).</summary>
    public FileChange Change(string key, object? value) => value is null
        ? new(FileOf(key), null)
        : new(FileOf(key), JsonSerializer.SerializeToUtf8Bytes(value, form), keepBackup: keepsBackups && Encoding.UTF8.GetByteCount(key + Backup) <= LongestName);

    /// <summary>EVE's agents read from this file that the set is complete; none: not yet.</summary>
    public FileChange ChangeRestarted(int restarts) =>
        new(System.IO.Path.Combine(path, "restarted"), restarts > 0 ? Encoding.ASCII.GetBytes(restarts.ToString(CultureInfo.InvariantCulture)) : null);

    /// <summary>Removes some of what a killed process had not moved to its place yet; it is in nobody's way, so that a start need not wait for it.</summary>
    /// <returns>Whether there is more.</returns>
    public bool RemoveLeftovers()
    {
        try
        {
            for (var i = 0; i < RemovedAtOnce && _leftovers.TryDequeue(out var name); i++)
                files.Remove(System.IO.Path.Combine(path, name));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.CannotTidy(log, path, _leftovers.Count + 1, exception.Message);
            _leftovers.Clear();     // the next start tries again
        }
        return _leftovers.Count > 0;
    }

    object?[] ReadAll(string[] keys)
    {
        var values = new object?[keys.Length];
        if (keys.Length < WorthAllCores)
            return [.. keys.Select(k => Read(FileOf(k)))];
        Parallel.For(0, keys.Length, i => values[i] = Read(FileOf(keys[i])));
        return values;
    }

    object? Restore(string key)
    {
        var backup = System.IO.Path.Combine(path, key + Backup);
        if (Read(backup) is not { } value)
            return null;
        Log.Restored(log, path, key);
        try
        {
            files.Replace(FileOf(key), files.Read(backup));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.CannotRestore(log, FileOf(key), exception.Message);      // the value is there all the same
        }
        return value;
    }

    object? Read(string file)
    {
        try
        {
            if (files.Read(file) is not { } content)
                return null;
            if (Parse(content, out var reason) is { } value)
                return value;
            KeepAside(file, reason);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.CannotRead(log, exception.Message);
        }
        return null;
    }

    object? Parse(byte[] content, out string reason)
    {
        try
        {
            reason = "it is empty";
            return content.Length > 0 ? JsonSerializer.Deserialize(content, form) : null;
        }
        catch (Exception e) when (GarbledText.IsBehind(e))
        {
            reason = e.Message;
            return null;
        }
    }

    // The first ones stay, for whoever looks for the cause: later ones are more of the same.
    void KeepAside(string file, string reason)
    {
        var number = Interlocked.Increment(ref _garbled);
        if (number > MostGarbled)
        {
            Log.Dropped(log, file, reason, MostGarbled);
            files.Remove(file);
            return;
        }
        var aside = System.IO.Path.Combine(path, number.ToString(CultureInfo.InvariantCulture) + Garbled);
        Log.KeptAside(log, file, reason, aside);
        files.Rename(file, aside);
    }

    static bool IsLeftover(string name) => name.StartsWith(FileChange.TemporaryPrefix, StringComparison.Ordinal)
        && !name.EndsWith(Suffix, StringComparison.Ordinal) && !name.EndsWith(Backup, StringComparison.Ordinal);

    static IEnumerable<string> KeysOf(IEnumerable<string> names, string suffix) => names.Where(n => n.EndsWith(suffix, StringComparison.Ordinal)).Select(n => n[..^suffix.Length]);

    string FileOf(string key) => System.IO.Path.Combine(path, key + Suffix);

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Cannot read {Reason}")]
        public static partial void CannotRead(ILogger log, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} is garbled ({Reason}); it is kept as {Aside}")]
        public static partial void KeptAside(ILogger log, string path, string reason, string aside);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} is garbled ({Reason}); it is dropped, since {Count} such files are kept already")]
        public static partial void Dropped(ILogger log, string path, string reason, int count);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Path}: {Key} is restored from its backup")]
        public static partial void Restored(ILogger log, string path, string key);

        [LoggerMessage(Level = LogLevel.Error, Message = "Cannot write {Path} back from its backup: {Reason}")]
        public static partial void CannotRestore(ILogger log, string path, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Path}: {Count} temporary files of a former life cannot be removed: {Reason}")]
        public static partial void CannotTidy(ILogger log, string path, int count, string reason);
    }
}
