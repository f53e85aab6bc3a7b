using Eve.Agents.Shared;

namespace Eve.Agents.Downloader;

/// <summary>A download: the places to try in order, the file it ends in, and what it may use.</summary>
/// <param name="Sources">Places, the best first.</param>
/// <param name="Target">The file.</param>
/// <param name="MostBytes">More is refused; 0: any size.</param>
/// <param name="Ports">Ports to go out by, the cheapest first.</param>
/// <param name="Stalled">Without a byte for so long, a try is broken off.</param>
public sealed record TransferPlan(ValueList<Source> Sources, string Target, ulong MostBytes, ValueList<ManagementPort> Ports, TimeSpan Stalled)
{
    /// <summary>Why there is no port; null if there is one.</summary>
    public string? NoPort { get; init; }
}

/// <summary>How far a download is, in bytes; the total is 0 while it is not known.</summary>
public readonly record struct TransferProgress(long Current, long Total);

/// <summary>How a download ended.</summary>
/// <param name="Size">Bytes on the disk.</param>
/// <param name="Error">Why it is not whole; null if it is.</param>
public sealed record TransferResult(long Size, string ContentType, string? Error, ValueList<ControllerAttempt> Attempts);

/// <summary>Moves bytes from a datastore into a file, and goes on where an earlier try, or an earlier process, stopped.</summary>
public interface ITransfer
{
    /// <summary>Loads the file from the first place and port that give it; one that an earlier run has finished is not loaded again.</summary>
    Task<TransferResult> DownloadAsync(TransferPlan plan, IProgress<TransferProgress> progress, CancellationToken cancellationToken);

    /// <summary>Removes a file and what belongs to it.</summary>
    void Delete(string target);

    /// <summary>Removes files that none of these names, below the downloader's folder.</summary>
    void Sweep(IReadOnlySet<string> targets);
}
