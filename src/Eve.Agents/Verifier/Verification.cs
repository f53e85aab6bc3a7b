using System.Text.RegularExpressions;
using Eve.Topics;

namespace Eve.Agents.Verifier;

internal enum Step { Check, Refuse, Adopt, Forget }

/// <summary>What the verifier decides, without touching a disk.</summary>
internal static partial class Verification
{
    public static Step Decide(Change<VerifyImageConfig> change, VerifyImageStatus? known, bool running) => change switch
    {
        { Deleted: true } => Step.Forget,
        _ when Complaint(change.New!) is not null => Step.Refuse,
        { Recreated: true } => Step.Check,
        _ when known is null => Step.Check,
        _ when Expiry(change) && known.Error.Length > 0 => Step.Check,      // downloaded anew while it was expired (walk-app.md 4, gap 13)
        _ when known is { State: SwState.Verifying, Error: "" } && !running => Step.Check,
        _ when known is { State: SwState.Verifying, Error: "" } && Moved(change) => Step.Check,
        _ => Step.Adopt,
    };

    /// <summary>Content that lay on the disk when the agent started: whole, or with its check cut short.</summary>
    public static VerifyImageStatus Found(FoundContent found) => new(
        ImageSha256: found.Sha256, Name: found.Sha256, FileLocation: found.Path, Size: found.Size, MediaType: found.MediaType,
        PendingAdd: !found.Verified, State: found.Verified ? SwState.Verified : SwState.Verifying);

    /// <summary>The check of content whose former check was cut short.</summary>
    public static VerifyImageConfig Again(FoundContent found) =>
        new(found.Sha256, found.Sha256, found.MediaType, found.Path, found.Size);

    public static VerifyImageStatus Started(VerifyImageConfig config) => new(
        config.ImageSha256, config.Name, config.FileLocation, config.Size, config.MediaType,
        PendingAdd: true, State: SwState.Verifying, RefCount: config.RefCount, Expired: config.Expired);

    public static VerifyImageStatus Adopted(VerifyImageStatus known, VerifyImageConfig config) =>
        known with { RefCount = config.RefCount, Expired = config.Expired };

    public static VerifyImageStatus Refused(VerifyImageConfig config, DateTimeOffset now) =>
        Failed(Started(config), Complaint(config)!, now);

    public static VerifyImageStatus Judge(VerifyImageStatus status, ContentCheck check, DateTimeOffset now) => check switch
    {
        { Error: { } error } => Failed(status, error, now),
        _ when string.Equals(check.Sha256, status.ImageSha256, StringComparison.OrdinalIgnoreCase) =>
            status.With(ErrorDescription.None) with { State = SwState.Verified, PendingAdd = false, FileLocation = check.Path, Size = check.Size },
        _ => Failed(status,
            $"{status.Name}: computed SHA-256 {check.Sha256}, configured {status.ImageSha256}. Put the right content into the datastore, or its digest into the configuration.", now),
    };

    /// <summary>Why content cannot be checked at all; null if it can. The digest becomes a file name, so it must be one (applications.md 4).</summary>
    static string? Complaint(VerifyImageConfig config) => config switch
    {
        { ImageSha256: var digest } when !Digest().IsMatch(digest) => $"{config.Name}: '{digest}' is not a SHA-256 in hex; give 64 hex digits.",
        { FileLocation: "", RefCount: > 0 } => $"{config.Name}: there is no file to verify; it is downloaded again when the configuration changes.",
        _ => null,
    };

    static bool Expiry(Change<VerifyImageConfig> change) => change.Old is { Expired: true } && change.New is { Expired: false };

    static bool Moved(Change<VerifyImageConfig> change) => change.Old is { } old && old.FileLocation != change.New!.FileLocation;

    static VerifyImageStatus Failed(VerifyImageStatus status, string error, DateTimeOffset now) =>
        status.With(new ErrorDescription(error, now, ErrorSeverity.Error)) with { PendingAdd = false };

    [GeneratedRegex("^[0-9a-fA-F]{64}$")]
    private static partial Regex Digest();
}
