using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Eve.Agents.Shared;
using Eve.Platform;

namespace Eve.Agents.Downloader;

/// <summary>
/// Loads by HTTP into /persist/vault/downloader/pending. A broken download goes on at its last byte (Range and If-Range), also after a kill;
/// an object that changed meanwhile starts anew. Content is named by its digest and checked by the verifier: this agent is not trusted.
/// </summary>
internal sealed class HttpTransfer(EvePaths paths, TimeProvider time, PortHttp http) : ITransfer
{
    const int QuickTries = 5;
    static readonly TimeSpan Recent = TimeSpan.FromMinutes(5);
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    string Pending => Path.Combine(paths.Vault, "downloader", "pending");

    public async Task<TransferResult> DownloadAsync(TransferPlan plan, IProgress<TransferProgress> progress, CancellationToken cancellationToken)
    {
        if (PartialFile.FinishedSize(plan.Target) is { } finished)
            return new(finished, "", null, []);
        var attempts = new List<ControllerAttempt>();
        var errors = new List<string>();
        if (plan.NoPort is { } noPort)
            errors.Add(noPort);
        using var file = new PartialFile(plan.Target);
        foreach (var source in plan.Sources)
        {
            if (source.Error is { } refused)
                errors.Add(refused);
            if (source.Url is null)
                continue;
            foreach (var port in plan.Ports)
            {
                var (contentType, error) = await TryAsync(plan, source, port, file, progress, attempts, cancellationToken);
                if (error is null)
                    return new(file.Finish(), contentType, null, [.. attempts]);
                errors.Add(error);
            }
        }
        return new(file.Length, "", string.Join(' ', errors.Distinct()), [.. attempts]);
    }

    public void Delete(string target) => PartialFile.Delete(target);

    // What is being written beside its place right now has a name of its own.
    public void Sweep(IReadOnlySet<string> targets)
    {
        if (!Directory.Exists(Pending))
            return;
        var recent = time.GetUtcNow() - Recent;
        foreach (var file in Directory.GetFiles(Pending).Where(f => !targets.Contains(PartialFile.TargetOf(f))))
        {
            if (!Path.GetFileName(file).StartsWith(FileChange.TemporaryPrefix, StringComparison.Ordinal) || File.GetLastWriteTimeUtc(file) < recent)
                File.Delete(file);
        }
    }

    // A connection that broke after it had brought something is taken up again at once, a few times.
    async Task<(string ContentType, string? Error)> TryAsync(
        TransferPlan plan, Source source, ManagementPort port, PartialFile file, IProgress<TransferProgress> progress,
        List<ControllerAttempt> attempts, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var before = file.Length;
            var began = time.GetTimestamp();
            var (contentType, error, final) = await OnceAsync(plan, source, port, file, progress, cancellationToken);
            var gained = Math.Max(0, file.Length - before);
            attempts.Add(new(port.IfName, port.Addresses[0].ToString(), source.Url!.GetLeftPart(UriPartial.Path))
            {
                Status = error is null ? SenderStatus.None : SenderStatus.Failed, Error = error ?? "", ReceivedBytes = gained, Duration = time.GetElapsedTime(began),
            });
            if (error is null || final || gained == 0 || tries == QuickTries)
                return (contentType, error);
            await Task.Delay(FirstPause * tries, time, cancellationToken);
        }
    }

    async Task<(string ContentType, string? Error, bool Final)> OnceAsync(
        TransferPlan plan, Source source, ManagementPort port, PartialFile file, IProgress<TransferProgress> progress, CancellationToken cancellationToken)
    {
        using var stalled = new CancellationTokenSource(plan.Stalled, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stalled.Token);
        try
        {
            var validator = file.Resume(source.Url!);
            if (validator is not null && file.Total > 0 && file.Length == file.Total)
                return ("", null, true);        // killed between its last byte and its end
            using var client = http.Open(port, source);
            using var response = await AskAsync(client, source, file.Length, validator, stop.Token);
            if (validator is not null && Misfit(response, file))
            {
                file.Drop();        // and anew, this time without a range
                return await OnceAsync(plan, source, port, file, progress, cancellationToken);
            }
            if (Refusal(response, plan, source, asked: validator is not null) is { } refusal)
                return ("", refusal, true);
            var type = response.Content.Headers.ContentType?.MediaType ?? "";
            await CopyAsync(response, plan, source, file, progress, stalled, stop.Token);
            return file.Total > 0 && file.Length < file.Total ? (type, $"{source.Url}: the connection was cut after {file.Length} of {file.Total} bytes.", false) : (type, null, true);
        }
        catch (OperationCanceledException) when (stalled.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return ("", $"{source.Url}: nothing came for {plan.Stalled.TotalSeconds} s after {file.Length} bytes.", false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or EveException or TimeoutException or UnauthorizedAccessException)
        {
            var far = file.Total > 0 ? $" after {file.Length} of {file.Total} bytes" : "";
            return ("", $"{source.Url} by {port.IfName}{far}: {SendFailure.Of(e).Error.TrimEnd('.')}.", e is EveException);
        }
    }

    static async Task<HttpResponseMessage> AskAsync(HttpMessageInvoker client, Source source, long from, string? validator, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, source.Url);
        if (source.Authorization is { } authorization)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (validator is not null)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
            request.Headers.TryAddWithoutValidation("If-Range", validator);
        }
        return await client.SendAsync(request, cancellationToken);
    }

    // A part that was asked for must begin at the byte where the file ends, and be of the same object.
    static bool Misfit(HttpResponseMessage response, PartialFile file) => response.StatusCode switch
    {
        HttpStatusCode.RequestedRangeNotSatisfiable => true,
        HttpStatusCode.PartialContent => response.Content.Headers.ContentRange is not { } range || range.From != file.Length
            || (file.Total > 0 && range.Length is { } length && length != file.Total),
        _ => false,
    };

    static string? Refusal(HttpResponseMessage response, TransferPlan plan, Source source, bool asked)
    {
        var whole = response.Content.Headers.ContentRange?.Length ?? (response.StatusCode == HttpStatusCode.OK ? response.Content.Headers.ContentLength : null);
        if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.PartialContent) || (response.StatusCode == HttpStatusCode.PartialContent && !asked))
            return $"{source.Url} answers {(int)response.StatusCode} {response.ReasonPhrase}: check the datastore's path and the content's name.";
        return plan.MostBytes > 0 && whole > (long)plan.MostBytes
            ? $"{source.Url} has {whole} bytes, more than the {plan.MostBytes} that the configuration allows; mend its size there, or the content."
            : null;
    }

    async Task CopyAsync(
        HttpResponseMessage response, TransferPlan plan, Source source, PartialFile file, IProgress<TransferProgress> progress,
        CancellationTokenSource stalled, CancellationToken cancellationToken)
    {
        var headers = response.Content.Headers;
        if (response.StatusCode == HttpStatusCode.OK)
            file.Begin(source.Url!, Validator(response), headers.ContentLength ?? 0);
        Space.Check(paths.Vault, file.Total - file.Length);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = GC.AllocateUninitializedArray<byte>(1 << 18);
        for (int read; (read = await body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            stalled.CancelAfter(plan.Stalled);
            file.Append(buffer.AsSpan(0, read));
            if (plan.MostBytes > 0 && file.Length > (long)plan.MostBytes)
                throw new EveException($"more than the {plan.MostBytes} bytes came that the configuration allows; mend its size there, or the content.");
            progress.Report(new(file.Length, file.Total));
        }
    }

    // A weak ETag vouches for no single byte; a date does, if nothing better is there.
    static string? Validator(HttpResponseMessage response) =>
        response.Headers.ETag is { IsWeak: false } tag ? tag.ToString()
        : response.Content.Headers.LastModified is { } date ? date.ToString("R", System.Globalization.CultureInfo.InvariantCulture)
        : null;
}
