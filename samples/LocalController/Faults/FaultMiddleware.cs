using Eve.Samples.Controller.Api;

namespace Eve.Samples.Controller.Faults;

/// <summary>A request as it was answered.</summary>
public sealed record AnsweredRequest(DateTimeOffset Time, string Method, string Path, int Status, string? Range, long Sent, bool Cut, string? Reason);

/// <summary>Stands before everything else: applies faults, counts bytes, and notes each request.</summary>
sealed class FaultMiddleware(FaultList faults, RequestLog requests, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var path = http.Request.Path.Value ?? "/";
        var fault = faults.Take(path);
        var started = time.GetUtcNow();
        var body = new MeasuredBody(http.Response.Body, fault, time);
        http.Response.Body = body;
        try
        {
            if (fault is not null)
                http.Features.Set(fault);
            if (fault?.DelayMilliseconds > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMilliseconds), time, http.RequestAborted);
            if (fault is { CutAfter: 0 })
                http.Abort();
            else if (fault?.Status is { } status)
                http.Response.StatusCode = status;
            else
                await next(http);
        }
        catch (Exception e) when (e is IOException && body.WasCut)
        {
            http.Abort();
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The other side hung up.
        }
        finally
        {
            requests.Add(new AnsweredRequest(started, http.Request.Method, path, http.Response.StatusCode, http.Request.Headers.Range.FirstOrDefault(), body.Sent,
                body.WasCut || fault is { CutAfter: 0 }, http.Features.Get<Refusal>()?.Reason));
        }
    }
}

/// <summary>The last requests, and for each path how many there were and how many bytes they took.</summary>
public sealed class RequestLog
{
    const int Kept = 10_000;

    readonly Lock _lock = new();
    readonly Queue<AnsweredRequest> _last = new();
    readonly Dictionary<string, (long Requests, long Sent)> _totals = [];

    public IReadOnlyList<AnsweredRequest> Last
    {
        get { lock (_lock) return [.. _last]; }
    }

    public (long Requests, long Sent) Total(string path)
    {
        lock (_lock) return _totals.GetValueOrDefault(path);
    }

    public void Clear()
    {
        lock (_lock)
        {
            _last.Clear();
            _totals.Clear();
        }
    }

    internal void Add(AnsweredRequest request)
    {
        lock (_lock)
        {
            if (_last.Count == Kept)
                _last.Dequeue();
            _last.Enqueue(request);
            // Paths are the caller's: a scan must not fill the memory.
            if (_totals.Count < Kept || _totals.ContainsKey(request.Path))
                _totals[request.Path] = _totals.GetValueOrDefault(request.Path) is var total ? (total.Requests + 1, total.Sent + request.Sent) : default;
        }
    }
}
