using Eve.Topics;

namespace Eve.Agents.Verifier;

/// <summary>Content found on the disk.</summary>
/// <param name="Verified">False: its check was cut short.</param>
public sealed record FoundContent(string Sha256, string MediaType, string Path, long Size, bool Verified);

/// <summary>What a check found.</summary>
/// <param name="Sha256">The digest of the bytes on the disk, lower case; empty with an error.</param>
/// <param name="Path">Where the content lies now.</param>
/// <param name="Error">Why it could not be read; null if it could.</param>
public sealed record ContentCheck(string Sha256, string Path, long Size, string? Error = null);

/// <summary>Where content lies while it is checked and after.</summary>
public interface IContentStore
{
    /// <summary>What earlier runs left: verified content (not read again while size, time and inode are as they were), and content whose check was cut short.</summary>
    IReadOnlyList<FoundContent> Scan();

    /// <summary>Takes the file from where the downloader put it, reads it all, and keeps it as verified if its digest is the one wanted.</summary>
    Task<ContentCheck> CheckAsync(VerifyImageConfig config, CancellationToken cancellationToken);

    /// <summary>Removes all content of that digest.</summary>
    void Delete(string sha256);
}
