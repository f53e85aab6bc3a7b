using Eve.Topics;

namespace Eve.Agents.Shared;

/// <summary>Counts requests by port and URL, as MetricsMap has them. An agent keeps the counters in what it last published.</summary>
internal static class ConnectionMetrics
{
    /// <summary>The counters with an answer's attempts added.</summary>
    public static MetricsMap Add(MetricsMap? counters, ControllerAnswer answer, DateTimeOffset now) => Add(counters, answer.Attempts, now);

    /// <summary>The counters with these attempts added.</summary>
    public static MetricsMap Add(MetricsMap? counters, ValueList<ControllerAttempt> attempts, DateTimeOffset now)
    {
        var ports = counters?.Interfaces.ToDictionary() ?? [];
        foreach (var attempt in attempts)
            ports[attempt.IfName] = Add(ports.GetValueOrDefault(attempt.IfName) ?? new(), attempt, now);
        return new(new ValueMap<string, ControllerConnMetrics>(ports));
    }

    static ControllerConnMetrics Add(ControllerConnMetrics port, ControllerAttempt attempt, DateTimeOffset now)
    {
        var urls = port.URLCounters.ToDictionary();
        urls[attempt.Url] = Add(urls.GetValueOrDefault(attempt.Url) ?? new(), attempt);
        var counted = port with { URLCounters = new(urls) };
        if (attempt.Status == SenderStatus.None)
            return counted with { SuccessCount = port.SuccessCount + 1, LastSuccess = now };
        var refused = attempt.Status is SenderStatus.CertMiss or SenderStatus.SignVerifyFail or SenderStatus.AlgoFail or SenderStatus.HashSizeError;
        return counted with { FailureCount = port.FailureCount + 1, LastFailure = now, AuthFailCount = port.AuthFailCount + (refused ? 1UL : 0) };
    }

    // A try is a message that did not get through; what got through counts as sent.
    static URLMetrics Add(URLMetrics url, ControllerAttempt attempt)
    {
        var counted = attempt.ReceivedBytes > 0 || attempt.Status == SenderStatus.None
            ? url with { RecvMsgCount = url.RecvMsgCount + 1, RecvByteCount = url.RecvByteCount + attempt.ReceivedBytes }
            : url;
        return attempt.Status == SenderStatus.None
            ? counted with
            {
                SentMsgCount = url.SentMsgCount + 1,
                SentByteCount = url.SentByteCount + attempt.SentBytes,
                TotalTimeSpent = url.TotalTimeSpent + (long)attempt.Duration.TotalMilliseconds,
            }
            : counted with { TryMsgCount = url.TryMsgCount + 1, TryByteCount = url.TryByteCount + attempt.SentBytes };
    }
}
