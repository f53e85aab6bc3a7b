using Eve.Topics;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Volumemgr;

/// <summary>The part of volumemgr's turn that brings content: trees, their blobs, and what is asked of downloader and verifier.</summary>
internal sealed partial class ContentWork
{
    readonly AgentContext _agent;
    readonly IBlobStore _store;
    readonly Publication<ContentTreeStatus> _trees;
    readonly Publication<BlobStatus> _blobs;
    readonly Publication<DownloaderConfig> _downloads;
    readonly Publication<VerifyImageConfig> _checks;
    readonly Subscription<ContentTreeConfig> _wanted;
    readonly Subscription<DatastoreConfig> _datastores;
    readonly Subscription<DownloaderStatus> _downloaded;
    readonly Subscription<VerifyImageStatus> _checked;
    readonly Jobs<Ingested, int> _ingests;
    readonly Dictionary<string, StoredBlob> _stored = [];
    readonly Dictionary<string, (string Error, Retry Retry)> _failed = [];

    public ContentWork(AgentContext agent, IBlobStore store)
    {
        (_agent, _store) = (agent, store);
        _trees = agent.Publish(VolumemgrTopics.ContentTreeStatus);
        _blobs = agent.Publish(VolumemgrTopics.BlobStatus);
        _downloads = agent.Publish(VolumemgrTopics.DownloaderConfig);
        _checks = agent.Publish(VolumemgrTopics.VerifyImageConfig);
        _wanted = agent.Subscribe(ZedagentTopics.ContentTreeConfig);
        _datastores = agent.Subscribe(ZedagentTopics.DatastoreConfig);
        _downloaded = agent.Subscribe(DownloaderTopics.DownloaderStatus);
        _checked = agent.Subscribe(VerifierTopics.VerifyImageStatus);
        _ingests = agent.Jobs<Ingested, int>();
    }

    /// <summary>What is wanted and what was verified before is known: only then is anything downloaded or withdrawn.</summary>
    public bool Known => _wanted.Ready && _checked.Ready;

    /// <summary>Content came or went in this turn.</summary>
    public bool Moved { get; private set; }

    /// <summary>What content takes of the disk, or may come to take.</summary>
    public ulong Reserved => _blobs.Aggregate(0UL, (sum, blob) => sum + Space.Of(blob));

    public ContentTreeStatus? Tree(Guid id) => _trees[id.ToString()];

    public string PathOf(string sha256) => _store.PathOf(sha256);

    /// <summary>What the store holds: the status topics are complete from this alone (walk-app.md 3).</summary>
    public void Scan()
    {
        foreach (var stored in _store.Scan())
        {
            _stored[stored.Sha256] = stored;
            if (_blobs[stored.Sha256] is null)
                _blobs.Publish(Blobs.Found(stored));
        }
        _blobs.SignalRestarted();
        _trees.SignalRestarted();
    }

    /// <param name="collect">What nobody wants may go.</param>
    /// <param name="remaining">Free space; null: not known.</param>
    /// <param name="reading">Content that a volume is being made of.</param>
    public void Turn(bool collect, ulong? remaining, IReadOnlySet<string> reading)
    {
        Moved = false;
        foreach (var (sha256, result) in _ingests.Finished)
            TakeIn(sha256, result);

        var touched = _wanted.Changes.Where(c => c.Old is not null).Select(c => c.Key).ToHashSet();
        var needs = ContentTrees.Needs(_wanted, Datastores, tree => touched.Contains(tree.Key));
        foreach (var need in needs.Values)
            remaining = Advance(need, remaining, collect);
        if (_wanted.Ready)
        {
            foreach (var sha256 in _blobs.Keys.Concat(_downloads.Keys).Concat(_checks.Keys).Concat(_checked.Keys).Distinct().Where(s => !needs.ContainsKey(s)).ToList())
                Retire(sha256, collect, reading.Contains(sha256));
        }
        _downloads.SignalRestarted();
        _checks.SignalRestarted();

        foreach (var config in _wanted)
            _trees.Publish(ContentTrees.Next(config, _trees[config.Key], _blobs[ContentTrees.Digest(config)], Datastores(config), _agent.Now));
        if (_wanted.Ready)
            _trees.Replace(_trees.Where(t => _wanted[t.Key] is not null).ToList());
    }

    // Returns the space that is left for the next.
    ulong? Advance(BlobNeed need, ulong? remaining, bool collect)
    {
        var sha256 = need.Sha256;
        var was = _blobs[sha256];
        var turn = Blobs.Next(need, was, new(
            _agent.Now, _agent.Paths, _stored.GetValueOrDefault(sha256), _downloads[sha256], _downloaded[sha256], _checks[sha256], _checked[sha256],
            _failed.GetValueOrDefault(sha256).Error, _agent.Config.Get(ConfigItems.BlobDownloadMaxRetries), remaining));
        if (turn.Ingest is { } path && !_ingests.Running(sha256) && MayStart(sha256))
            _ingests.Start(sha256, (_, stop) => _store.IngestAsync(sha256, path, stop));
        Ask(sha256, turn.Download, turn.Verify, collect || turn.Status.State == SwState.Loaded);
        _blobs.Publish(turn.Status);
        var more = Space.Of(turn.Status) - Math.Min(Space.Of(turn.Status), was is null ? 0 : Space.Of(was));
        return remaining is { } left ? left - Math.Min(left, more) : null;
    }

    bool MayStart(string sha256)
    {
        if (!_failed.TryGetValue(sha256, out var failed) || failed.Retry.At <= _agent.Elapsed)
            return true;
        _agent.WakeAt(failed.Retry.At);
        return false;
    }

    void TakeIn(string sha256, Ingested result)
    {
        Moved = true;
        if (result.Blob is { } blob)
        {
            _stored[sha256] = blob;
            _failed.Remove(sha256);
            return;
        }
        _failed[sha256] = (result.Error ?? "", Retry.After(_failed.GetValueOrDefault(sha256).Retry, _agent.Elapsed));
        Log.NotTakenIn(_agent.Log, sha256, result.Error ?? "");
    }

    // Content of an earlier run waits for the collection; what lost its last tree just now goes at once.
    void Retire(string sha256, bool collect, bool reading)
    {
        Ask(sha256, null, null, collect);
        if (reading || _blobs[sha256] is not { } blob || (blob is { RefCount: 0, State: SwState.Loaded } && !collect))
            return;
        _ingests.Cancel(sha256);
        _failed.Remove(sha256);
        _stored.Remove(sha256);
        if (blob.State >= SwState.Loading && _store.Remove(sha256) is { } error)
            Log.NotRemoved(_agent.Log, _store.PathOf(sha256), error);
        _blobs.Remove(sha256);
        Moved = true;
    }

    void Ask(string sha256, DownloaderConfig? download, VerifyImageConfig? check, bool collect)
    {
        if (Requests.Next(download, _downloads[sha256], _downloaded[sha256]) is { } asked)
            _downloads.Publish(asked);
        else
            _downloads.Remove(sha256);
        if (Requests.Next(check, _checks[sha256], _checked[sha256], collect) is { } askedCheck)
            _checks.Publish(askedCheck);
        else
            _checks.Remove(sha256);
    }

    List<DatastoreConfig?> Datastores(ContentTreeConfig config) => [.. config.DatastoreIDList.Select(id => _datastores[id.ToString()])];

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Sha256} is not taken in: {Error}")]
        public static partial void NotTakenIn(ILogger log, string sha256, string error);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} cannot be removed: {Error}")]
        public static partial void NotRemoved(ILogger log, string path, string error);
    }
}
