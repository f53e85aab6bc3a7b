using Eve.Topics;

namespace Eve.Agents.Diag;

/// <summary>Applications, their networks, and what is being downloaded for them.</summary>
internal static class AppFindings
{
    public static IEnumerable<Finding> Of(DiagFacts facts) =>
    [
        .. Summary(facts.Summary),
        .. facts.Apps.OrderBy(a => a.DisplayName, StringComparer.Ordinal).Select(App),
        .. facts.Networks.Where(n => n.Error.Length > 0).Select(n =>
            Findings.Of("network instance", $"{n.DisplayName} ({n.UUID}) does not work.", n, "Mend it at the controller, or the port that it uses.")),
        .. facts.Contents.Where(c => c.Error.Length > 0).Select(c =>
            Findings.Of("content", $"{c.DisplayName} ({c.ContentID}) is not there.", c, "Mend the content or its datastore at the controller.")),
        .. facts.Downloads.Where(d => d is { RefCount: > 0, Expired: false }).OrderBy(d => d.Name, StringComparer.Ordinal).Select(Download),
    ];

    static IEnumerable<Finding> Summary(AppInstanceSummary? summary)
    {
        if (summary is null || summary.TotalStarting + summary.TotalRunning + summary.TotalStopping + summary.TotalError == 0)
            return [];
        var text = $"{summary.TotalRunning} run, {summary.TotalStarting} start, {summary.TotalStopping} stop, {summary.TotalError} have an error.";
        return [summary.TotalError > 0 ? new(Grade.Error, "apps", text, "See each of them.", "See each of them.") : new(Grade.Info, "apps", text)];
    }

    static Finding App(AppInstanceStatus app)
    {
        var name = $"{app.DisplayName} ({app.UUIDandVersion.UUID}) is in state {app.State}";
        return app.Error.Length > 0
            ? Findings.Of("app", name + " and has an error.", app, "Mend its configuration at the controller.")
            : new(app.Activated ? Grade.Pass : Grade.Info, "app", name + ".");
    }

    static Finding Download(DownloaderStatus download)
    {
        var text = $"{download.Name} ({Short(download.ImageSha256)}): {download.Progress} % of {download.TotalSize} bytes, tried again {download.RetryCount} times.";
        return download.Error.Length > 0
            ? Findings.Of("download", text, download, "Check the datastore's address, path and credentials, and the way to it.")
            : new(Grade.Info, "download", text);
    }

    static string Short(string digest) => digest.Length > 12 ? digest[..12] : digest;
}
