using Eve.Platform;
using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>
/// Keeps the persistent topics of a device under /persist/status, in EVE's layout: a folder for each topic, a file for each key (device-agents.md 1.3).
/// One writer for all: whatever is published while it writes goes into the next group, so that many publications share their syncs.
/// </summary>
/// <param name="checkpointed">
/// Given: it keeps checkpoints of those volatile topics instead, under /run. They outlive their process, not a reboot: so they are never half-written,
/// but not synced, and have no backups.
/// </param>
internal sealed class PersistentStore(EvePaths paths, IFiles files, TimeProvider time, ILogger log, Func<string, bool>? checkpointed = null) : IAsyncDisposable
{
    /// <summary>How long what could not be written waits.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    readonly IFiles _files = checkpointed is null ? files : new UnsyncedFiles(files);
    readonly Lock _gate = new();
    readonly Doorbell _bell = new();
    IPersistentTable[] _tables = [];
    Task? _writer;
    volatile bool _ending;
    volatile bool _retry;

    /// <summary>Reads what the disk holds of a topic, and from then on writes behind it. One that is not its own it leaves alone.</summary>
    public void Open<T>(Topic<T> topic, TopicStore store) where T : class, ITopic<T>
    {
        var keeps = checkpointed is null ? topic.Persistent : !topic.Persistent && checkpointed(topic.ToString());
        if (!keeps || topic.Publisher.Length == 0)
            return;
        var path = Path.Combine(checkpointed is null ? paths.Status : paths.Run, topic.Publisher, topic.Scope, topic.Name);
        var table = new PersistentTable(new(_files, path, T.Json, keepsBackups: checkpointed is null, log), topic.ToString(), store, _bell.Ring, log);
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
        FileChange.Commit(_files, group);
        var (failed, more) = (false, false);
        foreach (var table in tables)
        {
            var settled = table.Settle();
            (failed, more) = (failed | settled.Failed, more | settled.More);
        }
        return (failed, more);
    }
}
