using Eve.Topics;

namespace Eve.Agents.Volumemgr;

/// <summary>
/// What stands in DownloaderConfig and VerifyImageConfig: what is wanted, or the next step of handing it back (walk-app.md 11).
/// A download is given up by RefCount 0, and the downloader says Expired; a check is given up by Expired, and the verifier repeats it. Then the request goes.
/// </summary>
internal static class Requests
{
    public static DownloaderConfig? Next(DownloaderConfig? wanted, DownloaderConfig? standing, DownloaderStatus? answer) => (wanted, standing) switch
    {
        ({ } w, _) => w,
        (_, null) => null,
        _ when answer is null or { Expired: true } => null,
        (_, { } s) => s with { RefCount = 0 },
    };

    /// <param name="collect">False: good content that the verifier found at its start waits for a tree that wants it.</param>
    public static VerifyImageConfig? Next(VerifyImageConfig? wanted, VerifyImageConfig? standing, VerifyImageStatus? answer, bool collect) => (wanted, standing) switch
    {
        ({ } w, _) => w,
        _ when answer is null => null,
        (_, null) => answer.Expired ? null : new(answer.ImageSha256, answer.Name, answer.MediaType, answer.FileLocation, Expired: collect || answer.Error.Length > 0),
        (_, { Expired: true }) when answer.Expired => null,
        (_, { } s) => s with { RefCount = 0, Expired = collect || s.RefCount > 0 || s.Expired || answer.Error.Length > 0 },
    };
}
