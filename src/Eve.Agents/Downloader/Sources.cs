using Eve.Topics;

namespace Eve.Agents.Downloader;

/// <summary>One place to load from.</summary>
/// <param name="Url">The whole address; null with an error.</param>
/// <param name="Authorization">The header that the datastore wants; null for none.</param>
/// <param name="Roots">PEM certificates that are trusted besides the system's.</param>
/// <param name="Error">Why it cannot be used.</param>
public sealed record Source(Uri? Url, string? Authorization = null, ValueList<Bytes> Roots = default, string? Error = null);

/// <summary>Where content lies: from a datastore's configuration and a name to an address (applications.md 3.2).</summary>
internal static class Sources
{
    public static Source Of(DownloaderConfig config, Guid id, DatastoreConfig? datastore, bool insecureAuth)
    {
        if (datastore is null)
            return Refused($"The datastore {id} is not configured; add it to the configuration.");
        if (datastore.Error.Length > 0)
            return Refused($"The datastore {id} has an error: {datastore.Error}");
        if (datastore.DsType is not ("DsHttp" or "DsHttps" or ""))
            return Refused($"The datastore {id} is of type {datastore.DsType}, which is not built yet; use DsHttp or DsHttps.");
        if (datastore.IsCipher)
            return Refused($"The datastore {id} has encrypted credentials, which are not built yet.");

        var server = datastore.Fqdn.Contains("://", StringComparison.Ordinal) ? datastore.Fqdn : (datastore.DsType == "DsHttp" ? "http://" : "https://") + datastore.Fqdn;
        var text = config.NameIsURL ? config.Name : Join(server, datastore.Dpath, config.Name);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return Refused($"'{text}' of datastore {id} is no http or https address; mend its fqdn or the content's path.");
        if (datastore.ApiKey.Length == 0)
            return new(url, null, datastore.DsCertPEM);
        return url.Scheme == "http" && !insecureAuth
            ? Refused($"The datastore {id} would get its password over plain http; use https, or set {ConfigItems.DatastoreHttpAllowInsecureAuth.Key}.")
            : new(url, $"{datastore.ApiKey} {datastore.Password}", datastore.DsCertPEM);
    }

    /// <summary>Server, folder and name with single slashes; a query at the name's end (a signature) stays as it is.</summary>
    internal static string Join(string server, string folder, string name)
    {
        var query = name.IndexOf('?', StringComparison.Ordinal);
        var (path, rest) = query < 0 ? (name, "") : (name[..query], name[query..]);
        var parts = new[] { folder.Trim('/'), path.TrimStart('/') }.Where(p => p.Length > 0).Select(Escape);
        return string.Join('/', [server.TrimEnd('/'), .. parts]) + rest;
    }

    // Segment by segment: a name with '%', '#' or a blank is still one name.
    static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    static Source Refused(string error) => new(null, Error: error);
}
