using Eve.Topics;

namespace Eve.Agents.Volumemgr;

/// <summary>Content trees: what they need, and how they stand as their blob stands (walk-app.md 3, 10; applications.md 5.1).</summary>
internal static class ContentTrees
{
    const string Registry = "DsContainerRegistry";

    /// <summary>Why a tree cannot be had at all; null if it can.</summary>
    public static Fault? Complaint(ContentTreeConfig config, IReadOnlyList<DatastoreConfig?> datastores) => Reason(config, datastores) is { } reason
        ? new(nameof(ContentTreeStatus), $"Content tree {Name(config)} ({config.ContentID}): {reason}")
        : null;

    /// <summary>What is to be fetched; null while one of its datastores is not known.</summary>
    public static BlobSource? Source(ContentTreeConfig config, IReadOnlyList<DatastoreConfig?> datastores) =>
        datastores.All(d => d is not null) ? new(config.DatastoreIDList, config.RelativeURL, config.MaxDownloadSize) : null;

    public static string Digest(ContentTreeConfig config) => config.ContentSha256.ToLowerInvariant();

    /// <summary>What all trees together need, one entry for each digest: content shared by two trees is fetched once.</summary>
    public static IReadOnlyDictionary<string, BlobNeed> Needs(
        IEnumerable<ContentTreeConfig> configs, Func<ContentTreeConfig, IReadOnlyList<DatastoreConfig?>> datastores, Func<ContentTreeConfig, bool> touched) =>
        configs.Where(c => Complaint(c, datastores(c)) is null).OrderBy(c => c.ContentID).GroupBy(Digest).ToDictionary(g => g.Key, g => new BlobNeed(
            g.Key, (uint)g.Count(), [.. g.Select(c => Source(c, datastores(c))).OfType<BlobSource>().Distinct()], g.Any(touched)));

    public static ContentTreeStatus Next(
        ContentTreeConfig config, ContentTreeStatus? was, BlobStatus? blob, IReadOnlyList<DatastoreConfig?> datastores, DateTimeOffset now)
    {
        var complaint = Complaint(config, datastores);
        var state = complaint is null ? State(blob) : SwState.Initial;
        var status = new ContentTreeStatus(
            config.ContentID, config.DatastoreIDList, [.. datastores.OfType<DatastoreConfig>().Select(d => d.DsType)], datastores.All(d => d is not null), false,
            config.RelativeURL, config.Format, Digest(config), config.MaxDownloadSize, config.GenerationCounter, config.DisplayName,
            State: state, IsLocal: config.IsLocal, Blobs: complaint is null ? [Digest(config)] : []);
        if (complaint is null && blob is not null)
        {
            status = status with { TotalSize = blob.TotalSize, CurrentSize = blob.CurrentSize, Progress = blob.Progress, FileLocation = state < SwState.Loaded ? blob.Path : "" };
            complaint = blob.Error.Length == 0 ? null
                : Fault.From(blob, nameof(BlobStatus), Named(config, blob.Error), ErrorEntityType.ContentBlob, blob.Sha256);
        }
        if (state == SwState.Loaded)
            status = status with { CreateTime = was is { State: SwState.Loaded } ? was.CreateTime : now };
        return status.WithFault(complaint, was, now);
    }

    // A tree shows neither 104 nor 105: verified content is at once on its way into the store (walk-app.md 4, gap 4).
    static SwState State(BlobStatus? blob) => blob?.State switch
    {
        null or < SwState.Downloading => SwState.Initial,
        < SwState.Verified => SwState.Downloading,
        < SwState.Loaded => SwState.Loading,
        _ => SwState.Loaded,
    };

    static string? Reason(ContentTreeConfig config, IReadOnlyList<DatastoreConfig?> datastores) => config switch
    {
        { Format: ImageFormat.Container } => "its format is CONTAINER, and containers are not built yet; give a disk image.",
        _ when datastores.Any(d => d is { DsType: Registry }) => "container registries are not built yet; name a datastore of another type.",
        _ when !Names.IsDigest(config.ContentSha256) => $"its SHA-256 is '{config.ContentSha256}'; give the 64 hex digits of the content's digest.",
        { DatastoreIDList.Count: 0 } => "it names no datastore; name one.",
        _ => null,
    };

    // The verifier knows content by its digest alone.
    static string Named(ContentTreeConfig config, string error) =>
        error.Contains(config.RelativeURL, StringComparison.Ordinal) ? error : $"{config.RelativeURL}: {error}";

    static string Name(ContentTreeConfig config) => config.DisplayName.Length > 0 ? config.DisplayName : config.RelativeURL;
}
