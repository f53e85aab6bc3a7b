using System.Globalization;
using System.Text;
using Eve.Platform;

namespace Eve.Host.Ipcmonitor;

/// <summary>Reads a table from its folder: a global one, one whose publisher has ended, or one of EVE's that is kept as files only (device-agents.md 1.3, 1.5).</summary>
internal sealed class FolderSource : IDisposable
{
    const string Suffix = ".json";
    const string Counter = "restarted";

    readonly TableState _state;
    readonly string _folder;
    readonly FolderWatch _folders;
    readonly Action<TableEvent> _tell;
    bool _ended;

    /// <summary>Reads it, and follows it from then on.</summary>
    public FolderSource(TableState state, string from, string folder, bool persistent, FolderWatch folders, Action<TableEvent> tell)
    {
        (_state, _folder, _folders, _tell) = (state, folder, folders, tell);
        folders.Add(folder, Moved);
        tell(state.Begin(from, persistent));
        ReadAll();
    }

    /// <summary>The folder has not gone.</summary>
    public bool IsThere => Directory.Exists(_folder);

    void ReadAll()
    {
        var files = IsThere ? Directory.GetFiles(_folder, "*" + Suffix) : [];
        var keys = files.Select(f => Path.GetFileName(f)[..^Suffix.Length]).Order(StringComparer.Ordinal).ToList();
        foreach (var gone in _state.Values.Keys.Except(keys).ToList())
            Tell(_state.Remove(gone));
        keys.ForEach(Read);
        ReadCounter();
        foreach (var happened in _state.End())
            _tell(happened);
    }

    void Moved(string name)
    {
        if (_ended)
            return;
        if (name.Length == 0)
            WatchAnew();
        else if (name == Counter)
            ReadCounter();
        else if (name.EndsWith(Suffix, StringComparison.Ordinal))
            Read(name[..^Suffix.Length]);
    }

    // Too much has happened, or it is another folder of that name by now.
    void WatchAnew()
    {
        if (!IsThere)
            return;
        _folders.Add(_folder, Moved);
        ReadAll();
    }

    void Read(string key)
    {
        try
        {
            if (Content(key + Suffix) is not { } content)
                Tell(_state.Remove(key));
            else if (content.Length > 0)        // an empty one is being written, or was cut off: what was there before holds
                Tell(_state.Set(key, JsonText.Compact(content)));
        }
        catch (Exception exception) when (GarbledText.IsBehind(exception))
        {
            Tell(new(_state, Happening.Garbled, key, Reason: $"{Path.Combine(_folder, key + Suffix)} is no JSON: {exception.Message}"));
        }
    }

    // No file: its set is not complete; an empty or odd one counts as once (device-agents.md 1.2).
    void ReadCounter()
    {
        var count = Content(Counter) is not { } content ? 0
            : int.TryParse(Encoding.UTF8.GetString(content).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : 1;
        if (_state.Restarts != count)
            _tell(_state.Count(count));
    }

    byte[]? Content(string name)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(_folder, name));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Tell(new(_state, Happening.Garbled, Reason: exception.Message));
            return [];
        }
    }

    void Tell(TableEvent? happened)
    {
        if (happened is not null)
            _tell(happened);
    }

    public void Dispose() => _ended = true;
}
