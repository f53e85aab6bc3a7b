using Eve.Topics;
using Wire = Eve.Api.Metrics;

namespace Eve.Agents.Zedagent.Reporting;

/// <summary>How the agents get on with the controller, and with what it encrypted (reports.md 6.1).</summary>
internal static class ControllerMetrics
{
    /// <summary>The counters of all agents, one for each interface.</summary>
    public static IEnumerable<Wire.zedcloudMetric> Of(IEnumerable<MetricsMap> maps) =>
        Sum(maps).Interfaces.OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => Of(i.Key, i.Value));

    /// <summary>Counts the same interfaces and URLs of several together.</summary>
    public static MetricsMap Sum(IEnumerable<MetricsMap> maps) => new(Merge(maps.SelectMany(m => m.Interfaces), Add));

    public static Wire.CipherMetric Of(CipherMetrics cipher)
    {
        var metric = new Wire.CipherMetric
        {
            AgentName = cipher.AgentName,
            FailureCount = cipher.FailureCount,
            SuccessCount = cipher.SuccessCount,
            LastFailure = Units.Time(cipher.LastFailure),
            LastSuccess = Units.Time(cipher.LastSuccess),
        };
        for (var kind = 0; kind < cipher.TypeCounters.Count; kind++)
        {
            if (cipher.TypeCounters[kind] > 0)
                metric.Tc.Add(new Wire.TypeCounter { ErrorCode = (Wire.CipherError)kind, Count = cipher.TypeCounters[kind] });
        }
        return metric;
    }

    static Wire.zedcloudMetric Of(string port, ControllerConnMetrics counters)
    {
        var metric = new Wire.zedcloudMetric
        {
            IfName = port,
            Failures = counters.FailureCount,
            Success = counters.SuccessCount,
            AuthVerifyFailure = counters.AuthFailCount,
            LastFailure = Units.Time(counters.LastFailure),
            LastSuccess = Units.Time(counters.LastSuccess),
        };
        metric.UrlMetrics.AddRange(counters.URLCounters.OrderBy(u => u.Key, StringComparer.Ordinal).Select(u => new Wire.urlcloudMetric
        {
            Url = u.Key,
            TryMsgCount = u.Value.TryMsgCount,
            TryByteCount = u.Value.TryByteCount,
            SentMsgCount = u.Value.SentMsgCount,
            SentByteCount = u.Value.SentByteCount,
            RecvMsgCount = u.Value.RecvMsgCount,
            RecvByteCount = u.Value.RecvByteCount,
            TotalTimeSpent = u.Value.TotalTimeSpent,
            SessResumeCount = u.Value.SessionResume,
        }));
        return metric;
    }

    static ValueMap<string, T> Merge<T>(IEnumerable<KeyValuePair<string, T>> pairs, Func<T, T, T> add) =>
        new(pairs.GroupBy(p => p.Key, p => p.Value).Select(g => KeyValuePair.Create(g.Key, g.Aggregate(add))));

    static ControllerConnMetrics Add(ControllerConnMetrics one, ControllerConnMetrics other) => new(
        one.FailureCount + other.FailureCount,
        one.SuccessCount + other.SuccessCount,
        Later(one.LastFailure, other.LastFailure),
        Later(one.LastSuccess, other.LastSuccess),
        Merge(one.URLCounters.Concat(other.URLCounters), Add),
        one.AuthFailCount + other.AuthFailCount);

    static URLMetrics Add(URLMetrics one, URLMetrics other) => new(
        one.TryMsgCount + other.TryMsgCount, one.TryByteCount + other.TryByteCount, one.SentMsgCount + other.SentMsgCount, one.SentByteCount + other.SentByteCount,
        one.RecvMsgCount + other.RecvMsgCount, one.RecvByteCount + other.RecvByteCount, one.TotalTimeSpent + other.TotalTimeSpent, one.SessionResume + other.SessionResume);

    static GoTime Later(GoTime one, GoTime other) => one > other ? one : other;
}
