using Eve.Topics;

namespace Eve.Agents.Volumemgr;

/// <summary>Where a content tree says that content can be had.</summary>
internal sealed record BlobSource(ValueList<Guid> Datastores, string RelativeUrl, ulong Size);

/// <summary>Content that content trees want.</summary>
/// <param name="RefCount">How many trees list it.</param>
/// <param name="Sources">Those whose datastores are all known, in a fixed order.</param>
/// <param name="Touched">The configuration of one of the trees moved: what was given up is tried again.</param>
internal sealed record BlobNeed(string Sha256, uint RefCount, ValueList<BlobSource> Sources, bool Touched = false);

/// <summary>All that bears on one blob besides the need for it.</summary>
/// <param name="Remaining">Free space in bytes; null: not known yet.</param>
internal sealed record BlobFacts(
    DateTimeOffset Now,
    EvePaths Paths,
    StoredBlob? Stored = null,
    DownloaderConfig? Asked = null,
    DownloaderStatus? Download = null,
    VerifyImageConfig? AskedCheck = null,
    VerifyImageStatus? Check = null,
    string? IngestError = null,
    uint MaxRetries = 5,
    ulong? Remaining = null);

/// <summary>What follows for a blob: what is asked of downloader and verifier (null: nothing any more), and the file to take in.</summary>
internal sealed record BlobTurn(BlobStatus Status, DownloaderConfig? Download = null, VerifyImageConfig? Verify = null, string? Ingest = null);

/// <summary>One piece of content on its way: asked for, downloaded, verified, taken in (walk-app.md 3, 5-11; applications.md 5.2).</summary>
internal static class Blobs
{
    public static BlobTurn Next(BlobNeed need, BlobStatus? was, BlobFacts facts)
    {
        var source = need.Sources.FirstOrDefault(s => Matches(s, facts.Asked)) ?? (need.Sources is [var first, ..] ? first : null);
        var status = Known(need, source, was, facts);
        if (facts.Stored is { } stored)
            return new(Loaded(status, stored, facts.Now));

        // A check that was asked to expire says nothing any more, even before the verifier has answered.
        var check = facts.Check is { Expired: false } && facts.AskedCheck is not { Expired: true } ? facts.Check : null;
        return check switch
        {
            null => Fetch(status, source, was, facts),
            { Error.Length: > 0 } when source is not null && status.RetryCount < facts.MaxRetries => FetchAgain(status, source, facts),
            { Error.Length: > 0 } => GivenUp(status, check, was, facts),
            { State: >= SwState.Verified, PendingAdd: false } => TakeIn(status, check, was, facts),
            _ => Checking(status, check, facts),
        };
    }

    /// <summary>Content that lay in the store when the agent started: nobody has asked for it yet.</summary>
    public static BlobStatus Found(StoredBlob stored) =>
        Loaded(new BlobStatus(Sha256: stored.Sha256, MediaType: Names.Layer), stored, stored.Created);

    static BlobStatus Known(BlobNeed need, BlobSource? source, BlobStatus? was, BlobFacts facts)
    {
        var status = was ?? new BlobStatus(Sha256: need.Sha256, State: SwState.Initial, MediaType: Names.Layer);
        return status with
        {
            DatastoreIDList = source?.Datastores ?? status.DatastoreIDList,
            RelativeURL = source?.RelativeUrl ?? status.RelativeURL,
            Size = facts.Stored?.Size ?? source?.Size ?? status.Size,
            RefCount = need.RefCount,
            LastRefCountChangeTime = was?.RefCount == need.RefCount ? status.LastRefCountChangeTime : facts.Now,
            RetryCount = need.Touched ? 0 : status.RetryCount,
        };
    }

    static BlobStatus Loaded(BlobStatus status, StoredBlob stored, DateTimeOffset now) => status.WithFault(null, null, now) with
    {
        State = SwState.Loaded, Size = stored.Size, TotalSize = (long)stored.Size, CurrentSize = (long)stored.Size, Progress = 100, Path = "",
        HasDownloaderRef = false, HasVerifierRef = false, RetryCount = 0, CreateTime = status.CreateTime.IsZero ? stored.Created : status.CreateTime,
    };

    static BlobTurn Fetch(BlobStatus status, BlobSource? source, BlobStatus? was, BlobFacts facts)
    {
        // A status from before the last retry tells of the former content.
        var got = facts is { Asked: { RefCount: > 0 } asked, Download: { Expired: false, RefCount: > 0 } download } && download.LastRetry >= asked.LastRetry ? facts.Download : null;
        if (got is { State: >= SwState.Downloaded, Error: "" })
            return Check(status, got, facts);
        var request = Request(source, status.Sha256, facts);
        if (request is null || (facts.Asked is null && !(facts.Remaining >= request.Size)))
            return Waiting(status, request, was, facts);
        var fault = got is { Error.Length: > 0 }
            ? new Fault(nameof(DownloaderStatus), got.Error, got.ErrorSeverity, got.ErrorRetryCondition, default, got.ErrorTime)
            : null;
        var sized = got is null ? status with { Progress = 0 } : Sized(status, got);
        return new(sized.WithFault(fault, was, facts.Now) with
        {
            State = SwState.Downloading, HasDownloaderRef = true, HasVerifierRef = false, Path = request.Target,
        }, request);
    }

    static BlobTurn Waiting(BlobStatus status, DownloaderConfig? request, BlobStatus? was, BlobFacts facts)
    {
        var fault = request is null || facts.Remaining is not { } remaining ? null : Space.Short(
            $"The content {status.RelativeURL} ({status.Sha256})", request.Size, remaining, new(ErrorEntityType.ContentBlob, status.Sha256));
        return new(status.WithFault(fault, was, facts.Now) with { State = SwState.Initial, HasDownloaderRef = false, HasVerifierRef = false, Path = "" });
    }

    static BlobTurn Check(BlobStatus status, DownloaderStatus got, BlobFacts facts)
    {
        var verify = facts.AskedCheck is { Expired: true }
            ? null      // the former check is handed back first
            : new VerifyImageConfig(status.Sha256, status.Sha256, Names.Layer, got.Target, RefCount: 1);
        return new(Sized(status, got).WithFault(null, null, facts.Now) with
        {
            State = SwState.Verifying, Progress = 100, HasDownloaderRef = true, HasVerifierRef = verify is not null, Path = got.Target,
        }, facts.Asked, verify);
    }

    static BlobTurn FetchAgain(BlobStatus status, BlobSource source, BlobFacts facts) =>
        new(status.WithFault(null, null, facts.Now) with
        {
            State = SwState.Downloading, RetryCount = status.RetryCount + 1, HasDownloaderRef = true, HasVerifierRef = false, Progress = 0, CurrentSize = 0,
        }, New(source, status.Sha256, facts) with { LastRetry = Later(facts) });

    static BlobTurn GivenUp(BlobStatus status, VerifyImageStatus check, BlobStatus? was, BlobFacts facts)
    {
        var fault = new Fault(nameof(VerifyImageStatus), check.Error, check.ErrorSeverity, check.ErrorRetryCondition, default, check.ErrorTime);
        var turn = Checking(status, check, facts);
        return turn with { Status = turn.Status.WithFault(fault, was, facts.Now) };
    }

    static BlobTurn TakeIn(BlobStatus status, VerifyImageStatus check, BlobStatus? was, BlobFacts facts)
    {
        var fault = facts.IngestError is { } error ? new Fault(nameof(ContentTreeStatus), error) : null;
        var turn = Checking(status, check, facts);
        return turn with
        {
            Status = turn.Status.WithFault(fault, was, facts.Now) with
            {
                State = SwState.Loading, Size = (ulong)check.Size, TotalSize = check.Size, CurrentSize = check.Size,
            },
            Ingest = check.FileLocation,
        };
    }

    static BlobTurn Checking(BlobStatus status, VerifyImageStatus check, BlobFacts facts)
    {
        var verify = facts.AskedCheck is { } asked ? asked with { RefCount = 1 }
            : new VerifyImageConfig(status.Sha256, status.Sha256, check.MediaType, check.FileLocation, RefCount: 1);
        var download = facts.Asked is { RefCount: > 0 } ? facts.Asked : null;
        return new(status.WithFault(null, null, facts.Now) with
        {
            State = SwState.Verifying, Progress = 100, HasDownloaderRef = download is not null, HasVerifierRef = true, Path = check.FileLocation,
        }, download, verify);
    }

    static BlobStatus Sized(BlobStatus status, DownloaderStatus got) =>
        status with { TotalSize = got.TotalSize, CurrentSize = got.CurrentSize, Progress = got.Progress };

    // A withdrawal under way is taken back; if the content was whole, the verifier may have moved it away, so it is fetched anew.
    static DownloaderConfig? Request(BlobSource? source, string sha256, BlobFacts facts) => (source, facts.Asked) switch
    {
        (null, { RefCount: > 0 } asked) => asked,
        (null, _) => null,
        (_, null) => New(source, sha256, facts),
        (_, { RefCount: 0 } asked) => New(source, sha256, facts) with { LastRetry = facts.Download is { State: >= SwState.Downloaded } ? Later(facts) : asked.LastRetry },
        (_, { } asked) when Matches(source, asked) => asked,
        _ => New(source, sha256, facts) with { LastRetry = Later(facts) },
    };

    // Another value each time, also while the clock stands still or is set back: it is what makes the downloader begin anew.
    static GoTime Later(BlobFacts facts) => facts.Asked is { } asked && asked.LastRetry >= facts.Now ? asked.LastRetry + TimeSpan.FromTicks(1) : facts.Now;

    static DownloaderConfig New(BlobSource source, string sha256, BlobFacts facts) => new(
        sha256, source.Datastores, source.RelativeUrl, Names.Target(facts.Paths, source, sha256), Size: source.Size, RefCount: 1);

    static bool Matches(BlobSource source, DownloaderConfig? asked) =>
        asked is not null && asked.Name == source.RelativeUrl && asked.DatastoreIDList == source.Datastores && asked.Size == source.Size;
}
