using Microsoft.Extensions.Logging;

namespace Eve;

/// <summary>What keeps one topic on disk.</summary>
internal interface IPersistence : IAsyncDisposable
{
    /// <summary>Returns once all changes up to that number are on disk.</summary>
    /// <exception cref="EveException">They could not be written; it is tried again later.</exception>
    Task SafeAsync(long sequence, CancellationToken cancellationToken);
}

/// <summary>Keeps the persistent topics of a device under /persist/status, in EVE's layout: a folder for each topic, a file for each key (device-agents.md 1.3).</summary>
internal sealed class PersistentStore(EvePaths paths, TimeProvider time, ILogger log) : IAsyncDisposable
{
    readonly Lock _gate = new();
    readonly List<IPersistence> _tables = [];

    /// <summary>Reads what the disk holds of a topic, and from then on writes behind it.</summary>
    public void Open<T>(Topic<T> topic, TopicStore<T> store) where T : class, ITopic<T>
    {
        if (!topic.Persistent || topic.Publisher.Length == 0)
            return;
        var table = new PersistentTable<T>(Path.Combine(paths.Status, topic.Publisher, topic.Scope, topic.Name), topic.ToString(), store, time, log);
        store.Persistence = table;
        lock (_gate)
            _tables.Add(table);
    }

    /// <summary>Returns once everything that was published is on disk.</summary>
    public async ValueTask DisposeAsync()
    {
        IPersistence[] tables;
        lock (_gate)
            tables = [.. _tables];
        foreach (var table in tables)
            await table.DisposeAsync();
    }
}
