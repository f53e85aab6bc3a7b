using Eve.Topics;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Zedagent.Parts;

/// <summary>
/// The messages that must reach the controller, one for each key. Memory is enough for what would be reported anew after a restart while the controller
/// takes messages at once; everything else, and all of it once the controller is away, is on disk.
/// </summary>
internal sealed class SendQueue(IUnsentMessages files, ILogger log)
{
    const int Longest = 4096;
    const long Largest = 16 << 20;
    const int Many = 50;

    readonly List<Entry> _entries = [];
    long _sequence;
    bool _full;
    bool _many;

    sealed class Entry(UnsentMessage message)
    {
        public UnsentMessage Message = message;
        public bool Stored;
        public int Refusals;
        public TimeSpan NotBefore;
    }

    /// <summary>How many wait.</summary>
    public int Count => _entries.Count;

    /// <summary>Whether a message waits under a key.</summary>
    public bool Holds(string key) => _entries.Exists(e => e.Message.Key == key);

    /// <summary>Reads what an earlier life left behind; what was written as another device is dropped.</summary>
    public void Load(Guid device)
    {
        foreach (var message in ReadAll().OrderBy(m => m.Sequence))
        {
            if (message.Device != device)
                Delete(message.Key);
            else
                _entries.Add(new(message) { Stored = true });
            _sequence = Math.Max(_sequence, message.Sequence);
        }
    }

    /// <summary>Takes a message in place of the one that waits under its key.</summary>
    /// <param name="message">Its sequence does not matter.</param>
    /// <param name="keep">It goes to the disk at once.</param>
    public void Put(UnsentMessage message, bool keep)
    {
        var entry = _entries.Find(e => e.Message.Key == message.Key);
        if (entry is null)
        {
            _entries.Add(entry = new(message with { Sequence = ++_sequence }));
            MakeRoom();
            Warn();
            if (!_entries.Contains(entry))
                return;
        }
        else
        {
            entry.Message = message with { Sequence = entry.Message.Sequence };
            (entry.Refusals, entry.NotBefore) = (0, default);
        }
        if (keep || entry.Stored)
            Store(entry);
    }

    /// <summary>The message to send now; null if none is due.</summary>
    public UnsentMessage? Next(TimeSpan now) =>
        _entries.Where(e => e.NotBefore <= now).OrderBy(e => e.Message.Priority).FirstOrDefault()?.Message;      // a stable order

    /// <summary>When the next message is due; null if none waits.</summary>
    public TimeSpan? Due => _entries.Count > 0 ? _entries.Min(e => e.NotBefore) : null;

    /// <summary>The controller has it, or never will. A newer message of its key stays.</summary>
    public void Settle(UnsentMessage message)
    {
        if (Find(message) is not { } entry)
            return;
        _entries.Remove(entry);
        if (entry.Stored)
            Delete(message.Key);
        Warn();
    }

    /// <summary>The controller did not take it: the others go first, and it is tried again.</summary>
    /// <param name="message">Which.</param>
    /// <param name="pause">How long it waits, by how often it was refused.</param>
    /// <param name="now">The present time.</param>
    /// <returns>How often it was refused; 0 if a newer message has taken its place.</returns>
    public int Postpone(UnsentMessage message, Func<int, TimeSpan> pause, TimeSpan now)
    {
        if (Find(message) is not { } entry)
            return 0;
        _entries.Remove(entry);
        _entries.Add(entry);
        entry.Message = message with { Sequence = ++_sequence };
        entry.NotBefore = now + pause(++entry.Refusals);
        Store(entry);
        return entry.Refusals;
    }

    /// <summary>The controller is away: all goes to the disk.</summary>
    public void KeepAll()
    {
        foreach (var entry in _entries.Where(e => !e.Stored))
            Store(entry);
    }

    /// <summary>The device is another one now: what is left of the former is nobody's.</summary>
    public void DropOthers(Guid device)
    {
        foreach (var message in _entries.Select(e => e.Message).Where(m => m.Device != device).ToList())
            Settle(message);
    }

    Entry? Find(UnsentMessage message) => _entries.Find(e => ReferenceEquals(e.Message, message));

    void MakeRoom()
    {
        while (_entries.Count > Longest || _entries.Sum(e => (long)e.Message.Body.Length) > Largest)
        {
            var victim = _entries.MaxBy(e => e.Message.Priority)!;
            Log.NoRoom(log, victim.Message.Key, _entries.Count);
            Settle(victim.Message);
        }
    }

    void Warn()
    {
        if (_entries.Count > Many && !_many)
            Log.ManyWait(log, _entries.Count);
        _many = _entries.Count > Many;
    }

    // A file that tells of a former state is worse than none.
    void Store(Entry entry)
    {
        try
        {
            files.Write(entry.Message);
            (entry.Stored, _full) = (true, false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_full)
                Log.NotKept(log, entry.Message.Key, e);
            _full = true;
            if (entry.Stored)
                Delete(entry.Message.Key);
            entry.Stored = false;
        }
    }

    void Delete(string key)
    {
        try
        {
            files.Delete(key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.NotDeleted(log, key, e);
        }
    }

    IReadOnlyList<UnsentMessage> ReadAll()
    {
        try
        {
            return files.ReadAll();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.NotRead(log, e);
            return [];
        }
    }
}

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} messages wait for the controller, which is too many: {Key} is dropped")]
    public static partial void NoRoom(ILogger log, string key, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} messages wait for the controller")]
    public static partial void ManyWait(ILogger log, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Messages for the controller cannot be kept on disk, {Key} for one: a restart loses them")]
    public static partial void NotKept(ILogger log, string key, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The file of the sent message {Key} cannot be deleted: it is sent once more after a restart")]
    public static partial void NotDeleted(ILogger log, string key, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The messages of an earlier run cannot be read")]
    public static partial void NotRead(ILogger log, Exception exception);
}
