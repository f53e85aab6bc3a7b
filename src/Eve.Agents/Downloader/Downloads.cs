using Eve.Agents.Shared;
using Eve.Topics;

namespace Eve.Agents.Downloader;

internal enum Step { Start, Adopt, Stop, Forget, None }

/// <summary>What the downloader decides, without touching disk or network.</summary>
internal static class Downloads
{
    // Applications.md 0.1: severity by retries.
    const long UnknownStep = 16 << 20;
    const int WarningRetries = 10, ErrorRetries = 20;
    static readonly TimeSpan WarningTime = TimeSpan.FromHours(1), ErrorTime = TimeSpan.FromHours(10);

    public static Step Decide(Change<DownloaderConfig> change, DownloaderStatus? known, bool running) => change switch
    {
        { Deleted: true } => Step.Forget,
        { New.RefCount: 0 } => Step.Stop,
        { Recreated: true } => Step.Start,
        _ when known is null || known.Expired => Step.Start,
        _ when change.Old is { } old && old.LastRetry != change.New!.LastRetry => Step.Start,
        _ when change.Old is { } old && (old.Target != change.New!.Target || old.Name != change.New.Name || old.DatastoreIDList != change.New.DatastoreIDList) => Step.Start,
        _ when known is { State: SwState.Downloading, Error: "" } && !running => Step.Start,
        _ => Step.Adopt,
    };

    public static DownloaderStatus Started(DownloaderConfig config, DownloaderStatus? known, DateTimeOffset now) => new(
        config.ImageSha256, config.DatastoreIDList, config.Target, config.Name, config.RefCount, LastUse: now, NameIsURL: config.NameIsURL,
        State: SwState.Downloading, Size: config.Size, RetryCount: known?.RetryCount ?? 0, LastRetry: config.LastRetry);

    public static DownloaderStatus Adopted(DownloaderStatus known, DownloaderConfig config) =>
        known with { RefCount = config.RefCount, Expired = false, LastRetry = config.LastRetry };

    /// <summary>Nobody wants it any more: the transfer ends, and the owner withdraws the configuration (walk-app.md 11).</summary>
    public static DownloaderStatus Stopped(DownloaderStatus known, DownloaderConfig config, DateTimeOffset now)
    {
        var stopped = known with { RefCount = config.RefCount, Expired = true };
        return known.State == SwState.Downloading
            ? stopped.With(new ErrorDescription($"{config.Name}: the download was cancelled: nothing refers to it any more.", now, ErrorSeverity.Notice))
            : stopped;
    }

    /// <summary>Each percent is told, or each 16 MiB where the whole is not known: others wake for it.</summary>
    public static DownloaderStatus Moved(DownloaderStatus known, TransferProgress progress)
    {
        var percent = progress.Total > 0 ? (uint)Math.Min(99, progress.Current * 100 / progress.Total) : 0;
        var told = progress.Total == known.TotalSize && percent == known.Progress
            && (progress.Total > 0 || Math.Abs(progress.Current - known.CurrentSize) < UnknownStep) && known.CurrentSize > 0;
        return told ? known : known with { CurrentSize = progress.Current, TotalSize = progress.Total, Progress = percent };
    }

    public static DownloaderStatus Complete(DownloaderStatus known, long size, DateTimeOffset now) => known.With(ErrorDescription.None) with
    {
        State = SwState.Downloaded, Progress = 100, CurrentSize = size, TotalSize = size, ModTime = now, LastUse = now,
    };

    public static DownloaderStatus Judge(DownloaderStatus known, DownloaderConfig config, TransferResult result, ConfigView items, DateTimeOffset now)
    {
        if (result.Error is not { } error)
            return Complete(known, result.Size, now) with { ContentType = result.ContentType };
        var pause = items.Get(ConfigItems.DownloadRetry);
        var text = $"{config.Name}: {error} Will retry in {pause}; have retried {known.RetryCount} times.";
        var condition = $"Retrying; attempt {known.RetryCount + 1}";
        return known.With(new ErrorDescription(text, now, Severity(known.RetryCount, pause), condition)) with
        {
            CurrentSize = result.Size, OrigError = known.OrigError.Length > 0 ? known.OrigError : error,
        };
    }

    /// <summary>What stood in the way may be gone: a datastore is there or is another, or a port has come up.</summary>
    public static bool IsMended(TransferPlan former, TransferPlan now) => former.Sources != now.Sources || (former.NoPort is not null && now.NoPort is null);

    /// <summary>When a failed download is tried again; null: it did not fail.</summary>
    public static DateTimeOffset? RetryAt(DownloaderStatus known, DownloaderConfig config, ConfigView items, bool mended) =>
        known is { Error: "" } or { Expired: true } || config.RefCount == 0 || known.State != SwState.Downloading ? null
        : mended ? DateTimeOffset.MinValue
        : known.ErrorTime.ToDateTimeOffset() + items.Get(ConfigItems.DownloadRetry);

    /// <summary>The next try; the error stays to be seen until it succeeds.</summary>
    public static DownloaderStatus Again(DownloaderStatus known) => known with { RetryCount = known.RetryCount + 1 };

    /// <summary>From where, over which ports and where to.</summary>
    public static TransferPlan Plan(DownloaderConfig config, IReadOnlyList<DatastoreConfig?> datastores, DeviceNetworkStatus? network, ConfigView items)
    {
        var most = items.Get(ConfigItems.DownloadMaxCost);
        ValueList<ManagementPort> ports = [.. ManagementPorts.Of(network).Where(p => p.Cost <= most).OrderBy(p => p.Cost)];
        return new(
            [.. config.DatastoreIDList.Zip(datastores, (id, store) => Sources.Of(config, id, store, items.Get(ConfigItems.DatastoreHttpAllowInsecureAuth)))],
            config.Target, config.Size, ports, items.Get(ConfigItems.DownloadStalled))
        {
            NoPort = ports.Count > 0 ? null : $"No IP management port addresses with cost <= {most}: raise network.download.max.cost, or connect a port.",
        };
    }

    static ErrorSeverity Severity(int retries, TimeSpan pause) =>
        retries > ErrorRetries || retries * pause > ErrorTime ? ErrorSeverity.Error
        : retries > WarningRetries || retries * pause > WarningTime ? ErrorSeverity.Warning
        : ErrorSeverity.Notice;
}
