namespace Eve.Agents.Volumemgr;

/// <summary>Content in the store, whole and verified.</summary>
public sealed record StoredBlob(string Sha256, ulong Size, DateTimeOffset Created);

/// <summary>What became of taking content in: one of the two is there.</summary>
public sealed record Ingested(StoredBlob? Blob, string? Error = null);

/// <summary>Verified content by its digest. The digests that it is given are well-formed.</summary>
public interface IBlobStore
{
    /// <summary>What earlier runs left.</summary>
    IReadOnlyList<StoredBlob> Scan();

    /// <summary>Takes verified content in; the verifier's file stays its own.</summary>
    Task<Ingested> IngestAsync(string sha256, string path, CancellationToken cancellationToken);

    /// <summary>Where content lies, whether it is there or not.</summary>
    string PathOf(string sha256);

    /// <summary>Removes content.</summary>
    /// <returns>Why it could not be removed; null if it is gone.</returns>
    string? Remove(string sha256);
}
