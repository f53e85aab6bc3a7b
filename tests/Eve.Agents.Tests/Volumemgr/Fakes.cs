using System.Collections.Concurrent;
using Eve.Agents.Verifier;
using Eve.Agents.Volumemgr;
using Eve.Topics;

namespace Eve.Tests.Volumemgr;

/// <summary>A content folder in memory.</summary>
internal sealed class MemoryBlobs : IBlobStore
{
    public ConcurrentDictionary<string, StoredBlob> Stored { get; } = [];
    public ConcurrentQueue<string> Calls { get; } = [];
    public string? Error { get; set; }

    public IReadOnlyList<StoredBlob> Scan() => [.. Stored.Values];

    public Task<Ingested> IngestAsync(string sha256, string path, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"ingest {path}");
        if (Error is not null)
            return Task.FromResult(new Ingested(null, Error));
        return Task.FromResult(new Ingested(Stored[sha256] = new(sha256, 13, Things.Now)));
    }

    public string PathOf(string sha256) => "/content/" + sha256;

    public string? Remove(string sha256)
    {
        Calls.Enqueue($"remove {sha256}");
        Stored.TryRemove(sha256, out _);
        return null;
    }
}

/// <summary>Volumes in memory.</summary>
internal sealed class MemoryImages : IDiskImages
{
    public List<VolumeFile> Files { get; } = [];
    public ConcurrentQueue<string> Calls { get; } = [];
    public ConcurrentQueue<VolumeOrder> Orders { get; } = [];
    public string? Error { get; set; }

    /// <summary>What creation waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Looked at when creation begins.</summary>
    public Action Creating { get; set; } = () => { };

    public (IReadOnlyList<VolumeFile> Volumes, IReadOnlyList<string> Strangers) Scan() => ([.. Files], ["/volumes/lost+found"]);

    public async Task<VolumeOutcome> CreateAsync(VolumeOrder order, IProgress<uint> progress, CancellationToken cancellationToken)
    {
        Orders.Enqueue(order);
        Calls.Enqueue($"create {order.Key}");
        Creating();
        progress.Report(40);
        await Gate.WaitAsync(cancellationToken);
        return Error is not null ? new(Error: Error) : new(new(order.Key, order.Format, order.Encrypted, Things.VolumePath, 13, Things.Now), order.Size);
    }

    public Task<VolumeOutcome> DestroyAsync(string key, ImageFormat format, bool encrypted, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"destroy {key} {format} {encrypted}");
        Files.RemoveAll(f => f.Key == key);
        return Task.FromResult(new VolumeOutcome(Gone: Things.VolumePath, Error: Error));
    }

    public Task<AppDiskMetric?> MeasureAsync(VolumeFile volume, CancellationToken cancellationToken) =>
        Task.FromResult<AppDiskMetric?>(new(volume.Path, 4096, 13, "qcow2"));
}

/// <summary>A disk of 100 GiB, or what the test says.</summary>
internal sealed class MemoryUsage : IDiskUsage
{
    const ulong GiB = 1 << 30;

    public DiskReport? Report { get; set; } = new(100 * GiB, GiB, 99 * GiB, 0, [new("/persist", TotalBytes: 100 * GiB, IsDir: true)]);

    public Task<DiskReport?> ScanAsync(CancellationToken cancellationToken) => Task.FromResult(Report);
}

/// <summary>The verifier's folder in memory.</summary>
internal sealed class MemoryContent : IContentStore
{
    public List<FoundContent> Found { get; } = [];
    public ConcurrentQueue<string> Calls { get; } = [];
    public bool Bad { get; set; }

    public IReadOnlyList<FoundContent> Scan() => Found;

    public Task<ContentCheck> CheckAsync(VerifyImageConfig config, CancellationToken cancellationToken)
    {
        Calls.Enqueue($"check {config.FileLocation}");
        return Task.FromResult(new ContentCheck(Bad ? new('b', 64) : config.ImageSha256, "/verified/" + config.ImageSha256, 13));
    }

    public void Delete(string sha256) => Calls.Enqueue($"delete {sha256}");
}

/// <summary>A downloader by the book (walk-app.md 6, 11): whole content at once, unless the test speaks for it.</summary>
internal sealed class InstantDownloader : IAgent
{
    int _downloads;

    public int Downloads => _downloads;
    public string Error { get; set; } = "";

    /// <summary>Puts content at a target.</summary>
    public Action<string> Write { get; set; } = _ => { };

    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var status = agent.Publish(DownloaderTopics.DownloaderStatus);
        var wanted = agent.Subscribe(VolumemgrTopics.DownloaderConfig);
        status.SignalRestarted();
        while (true)
        {
            await agent.ChangedAsync(cancellationToken);
            foreach (var change in wanted.Changes)
            {
                if (change.New is not { } config)
                    status.Remove(change.Key);
                else if (config.RefCount == 0)
                    status.Publish(status[change.Key]! with { RefCount = 0, Expired = true });
                else if (change.Recreated || status[change.Key] is not { } known || known.LastRetry != config.LastRetry)
                    status.Publish(Download(config));
                else
                    status.Publish(known with { RefCount = config.RefCount, Expired = false });
            }
        }
    }

    DownloaderStatus Download(DownloaderConfig config)
    {
        Interlocked.Increment(ref _downloads);
        Write(config.Target);
        var status = new DownloaderStatus(
            config.ImageSha256, config.DatastoreIDList, config.Target, config.Name, config.RefCount, State: Error.Length > 0 ? SwState.Downloading : SwState.Downloaded,
            Size: config.Size, TotalSize: 13, CurrentSize: 13, Progress: 100, LastRetry: config.LastRetry);
        return Error.Length > 0 ? status.With(new ErrorDescription(Error, Things.Now, ErrorSeverity.Notice, "Will retry")) : status;
    }
}
