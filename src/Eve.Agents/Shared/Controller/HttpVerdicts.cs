namespace Eve.Agents.Shared;

/// <summary>What an HTTP code means to a sender (controller.md 1.6): only the code counts, so a 409 is never taken for "no network".</summary>
internal static class HttpVerdicts
{
    public static SenderStatus Of(int code) => code switch
    {
        200 or 201 or 204 or 304 => SenderStatus.None,
        400 or 404 => SenderStatus.NotFound,
        403 => SenderStatus.Forbidden,
        503 => SenderStatus.Upgrade,
        _ => SenderStatus.Failed,
    };
}

/// <summary>Where requests go.</summary>
internal static class ControllerUrls
{
    /// <summary>The URL of an API path; null if the server's name makes none.</summary>
    public static Uri? Of(string server, string path)
    {
        var prefix = server.Contains("://", StringComparison.Ordinal) ? server.TrimEnd('/') : "https://" + server;
        return server.Length > 0 && Uri.TryCreate($"{prefix}/api/v2/edgedevice/{path}", UriKind.Absolute, out var url)
            && url.Scheme is "https" or "http" && url.Host.Length > 0 ? url : null;
    }
}
