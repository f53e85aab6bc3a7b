using System.Globalization;
using System.Text;
using Eve.Platform;
using Eve.Topics;

namespace Eve.Agents.Verifier;

/// <summary>
/// Content below /persist/vault/verifier: <c>verifier/</c> while it is checked, <c>verified/</c> after, named DIGEST.MEDIATYPE (applications.md 4).
/// Beside verified content lies its <c>.seen</c>: size, time and inode when it was read, so that a restart need not read it again.
/// </summary>
public sealed class ContentStore(EvePaths paths) : IContentStore
{
    const string SeenSuffix = ".seen";
    const int DigestLength = 64;

    readonly string _checking = Path.Combine(paths.Vault, "verifier", "verifier");
    readonly string _verified = Path.Combine(paths.Vault, "verifier", "verified");

    /// <inheritdoc />
    public IReadOnlyList<FoundContent> Scan()
    {
        DurableFile.MakeFolder(_checking);
        DurableFile.MakeFolder(_verified);
        List<FoundContent> found = [];
        foreach (var path in Directory.GetFiles(_verified).Where(p => !p.EndsWith(SeenSuffix, StringComparison.Ordinal)))
            Take(path, Seen(path), found);
        foreach (var path in Directory.GetFiles(_checking))
            Take(path, verified: false, found);
        foreach (var seen in Directory.GetFiles(_verified, "*" + SeenSuffix).Where(s => !File.Exists(s[..^SeenSuffix.Length])))
            File.Delete(seen);
        return found;
    }

    /// <inheritdoc />
    public async Task<ContentCheck> CheckAsync(VerifyImageConfig config, CancellationToken cancellationToken)
    {
        var name = config.ImageSha256.ToLowerInvariant() + "." + Uri.EscapeDataString(config.MediaType);
        var staged = Path.Combine(_checking, name);
        try
        {
            // The file is moved first: from then on nothing that the downloader does can reach it.
            if (config.FileLocation != staged)
                File.Move(config.FileLocation, staged, overwrite: true);
            File.SetUnixFileMode(staged, UnixFileMode.UserRead);
            var (sha256, size) = await Sha256File.HashAsync(staged, cancellationToken);
            if (!string.Equals(sha256, config.ImageSha256, StringComparison.OrdinalIgnoreCase))
                return new(sha256, staged, size);
            return new(sha256, Keep(staged, Path.Combine(_verified, name)), size);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new("", staged, 0, $"{config.Name}: {config.FileLocation} could not be read: {exception.Message} It is downloaded again when its configuration changes.");
        }
    }

    /// <inheritdoc />
    public void Delete(string sha256)
    {
        foreach (var folder in new[] { _checking, _verified })
        {
            if (!Directory.Exists(folder))
                continue;
            foreach (var file in Directory.GetFiles(folder).Where(f => Path.GetFileName(f).StartsWith(sha256 + ".", StringComparison.OrdinalIgnoreCase)))
                File.Delete(file);
        }
    }

    static string Keep(string staged, string kept)
    {
        File.Move(staged, kept, overwrite: true);
        DurableFile.Write(kept + SeenSuffix, Encoding.ASCII.GetBytes(Stamp(kept)));
        Libc.Sync(Path.GetDirectoryName(staged)!);
        return kept;
    }

    // A name that is none of ours cannot be checked, and is removed.
    static void Take(string path, bool verified, List<FoundContent> found)
    {
        var name = Path.GetFileName(path);
        if (name.Length <= DigestLength || name[DigestLength] != '.' || !name[..DigestLength].All(char.IsAsciiHexDigitLower) || found.Any(f => f.Sha256 == name[..DigestLength]))
        {
            File.Delete(path);
            return;
        }
        found.Add(new(name[..DigestLength], Uri.UnescapeDataString(name[(DigestLength + 1)..]), path, new FileInfo(path).Length, verified));
    }

    static bool Seen(string path)
    {
        var seen = path + SeenSuffix;
        return File.Exists(seen) && File.ReadAllText(seen) == Stamp(path);
    }

    static string Stamp(string path)
    {
        var file = new FileInfo(path);
        return string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks} {Libc.Inode(path)}");
    }
}
