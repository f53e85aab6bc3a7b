using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Eve.Samples.Controller.Faults;
using Microsoft.Net.Http.Headers;

namespace Eve.Samples.Controller.Files;

/// <summary>Serves the files of one folder: GET and HEAD, Range and If-Range, ETag, Content-Length, and a password if one was given.</summary>
sealed class Datastore(string folder, string? user)
{
    readonly string _root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
    readonly byte[]? _authorization = user is null ? null : Encoding.UTF8.GetBytes("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(user)));

    public async Task ServeAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            http.Response.Headers.Allow = "GET, HEAD";
        }
        else if (!Authorized(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"datastore\"";
        }
        else if (Find(http.Request.Path.Value ?? "/") is not { Exists: true } file)
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        else
            await (await FileAsync(file, http.Features.Get<Fault>()?.LongerBy ?? 0, http.RequestAborted)).ExecuteAsync(http);
    }

    /// <summary>Null for a path that leaves the folder.</summary>
    public FileInfo? Find(string path)
    {
        var full = Path.GetFullPath(Path.Combine(_root, path.TrimStart('/')));
        return full.StartsWith(_root, StringComparison.Ordinal) && full.Length > _root.Length ? new FileInfo(full) : null;
    }

    public IEnumerable<(string Path, FileInfo File)> All() => Directory.Exists(_root)
        ? new DirectoryInfo(_root).EnumerateFiles("*", SearchOption.AllDirectories).Select(file => ("/" + Path.GetRelativePath(_root, file.FullName), file))
        : [];

    static async Task<IResult> FileAsync(FileInfo file, int longerBy, CancellationToken cancellationToken)
    {
        var tag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{file.LastWriteTimeUtc.Ticks:x}-{file.Length + longerBy:x}\""));
        if (longerBy == 0)
            return Results.File(file.FullName, "application/octet-stream", lastModified: file.LastWriteTimeUtc, entityTag: tag, enableRangeProcessing: true);
        var content = await File.ReadAllBytesAsync(file.FullName, cancellationToken);
        Array.Resize(ref content, (int)Math.Max(0, content.Length + (long)longerBy));
        return Results.File(content, "application/octet-stream", lastModified: file.LastWriteTimeUtc, entityTag: tag, enableRangeProcessing: true);
    }

    bool Authorized(HttpRequest request) =>
        _authorization is null || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()), _authorization);
}
