using Eve.Platform;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>
/// Keeps the persistent topics of a device under /persist/status, in EVE's layout: a folder for each topic, a file for each key (device-agents.md 1.3).
/// One writer for all: whatever is published while it writes goes into the next group, so that many publications share their syncs.
/// </summary>
internal sealed class PersistentStore(EvePaths paths, IFiles files, TimeProvider time, ILogger log) : IAsyncDisposable
{
    /// <summary>How long what could not be written waits.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    readonly Lock _gate = new();
    readonly Doorbell _bell = new();
    IPersistentTable[] _tables = [];
    Task? _writer;
    volatile bool _ending;
    volatile bool _retry;

    /// <summary>Reads what the disk holds of a topic, and from then on writes behind it.</summary>
    public void Open<T>(Topic<T> topic, TopicStore store) where T : class, ITopic<T>
    {
        if (!topic.Persistent || topic.Publisher.Length == 0)
            return;
        var table = new PersistentTable(
            new(files, Path.Combine(paths.Status, topic.Publisher, topic.Scope, topic.Name), T.Json, log), topic.ToString(), store, _bell.Ring, log);
        store.Persistence = table;
        lock (_gate)
        {
            _tables = [.. _tables, table];
            _writer ??= WriteBehindAsync();
        }
        _bell.Ring();
    }

    /// <summary>Returns once everything that was published is on disk.</summary>
    public async ValueTask DisposeAsync()
    {
        (_retry, _ending) = (true, true);
        _bell.Ring();
        if (_writer is not null)
            await _writer;
        foreach (var table in _tables)
            table.Close();
    }

    async Task WriteBehindAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await using var alarm = time.CreateTimer(_ => Retry(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var waits = false;
        while (true)
        {
            var (last, retry) = (_ending, _retry);
            _retry = false;
            var (failed, more) = WriteGroup(retry);
            waits &= !retry;
            if (failed && !waits)
                waits = alarm.Change(RetryAfter, Timeout.InfiniteTimeSpan);
            if (more)
                continue;
            if (last)
                return;
            await _bell.WaitAsync();
        }
    }

    void Retry()
    {
        _retry = true;
        _bell.Ring();
    }

    (bool Failed, bool More) WriteGroup(bool retry)
    {
        var tables = Volatile.Read(ref _tables);
        List<FileChange> group = [];
        foreach (var table in tables)
            table.AddTo(group, retry);
        FileChange.Commit(files, group);
        var (failed, more) = (false, false);
        foreach (var table in tables)
        {
            var settled = table.Settle();
            (failed, more) = (failed | settled.Failed, more | settled.More);
        }
        return (failed, more);
    }
}
