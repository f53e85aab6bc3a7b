using Eve.Platform;

namespace Eve.Agents.Volumemgr;

/// <summary>One file for each digest below /persist/vault/content. Content comes in as a hard link, so that it is never copied.</summary>
public sealed class BlobStore(EvePaths paths) : IBlobStore
{
    readonly string _folder = Path.Combine(paths.Vault, "content");

    /// <inheritdoc />
    public IReadOnlyList<StoredBlob> Scan()
    {
        DurableFile.MakeFolder(_folder);
        List<StoredBlob> found = [];
        foreach (var path in Directory.GetFiles(_folder))
        {
            if (Names.IsDigest(Path.GetFileName(path)))
                found.Add(Look(path));
            else
                File.Delete(path);      // a copy that was cut short
        }
        return found;
    }

    /// <inheritdoc />
    public async Task<Ingested> IngestAsync(string sha256, string path, CancellationToken cancellationToken)
    {
        var kept = PathOf(sha256);
        try
        {
            DurableFile.MakeFolder(_folder);
            using (var content = File.OpenHandle(path))
                RandomAccess.FlushToDisk(content);
            File.Delete(kept);
            if (!Libc.Link(path, kept))
                await CopyAsync(path, kept, cancellationToken);
            Libc.Sync(_folder);
            return new(Look(kept));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(null, $"The content {sha256} could not be taken into {_folder}: {exception.Message} It is tried again; free disk space or mend the file system.");
        }
    }

    /// <inheritdoc />
    public string PathOf(string sha256) => Path.Combine(_folder, sha256);

    /// <inheritdoc />
    public string? Remove(string sha256)
    {
        try
        {
            File.Delete(PathOf(sha256));
            Libc.Sync(_folder);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    // Where the file system has no links.
    static async Task CopyAsync(string path, string kept, CancellationToken cancellationToken)
    {
        var temporary = kept + ".new";
        await using (var from = File.OpenRead(path))
        await using (var to = File.Create(temporary))
        {
            await from.CopyToAsync(to, cancellationToken);
            to.Flush(flushToDisk: true);
        }
        File.Move(temporary, kept, overwrite: true);
    }

    static StoredBlob Look(string path)
    {
        var file = new FileInfo(path);
        return new(file.Name, (ulong)file.Length, new(file.LastWriteTimeUtc, TimeSpan.Zero));
    }
}
