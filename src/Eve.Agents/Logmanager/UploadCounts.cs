using Eve.Agents.Shared;
using Eve.Topics;

namespace Eve.Agents.Logmanager;

/// <summary>What became of uploads, for NewlogMetrics.</summary>
internal static class UploadCounts
{
    public static NewlogMetrics Add(
        NewlogMetrics counted, WaitingLog log, ControllerAnswer answer, UploadVerdict verdict, int bytes, bool failing, TimeSpan interval, DateTimeOffset now)
    {
        var next = counted with
        {
            FailedToSend = failing,
            FailSentStartTime = !failing ? default : counted.FailedToSend ? counted.FailSentStartTime : now,
            Num4xxResponses = counted.Num4xxResponses + (answer.HttpCode is >= 400 and < 500 ? 1u : 0),
            NumTooManyRequest = counted.NumTooManyRequest + (answer.HttpCode == 429 ? 1u : 0),
            LastTooManyReqTime = answer.HttpCode == 429 ? now : counted.LastTooManyReqTime,
            TotalBytesUpload = counted.TotalBytesUpload + (verdict == UploadVerdict.Sent ? (ulong)bytes : 0),
            CurrUploadIntvSec = (uint)interval.TotalSeconds,
        };
        return log.App is null
            ? next with { DevMetrics = Add(counted.DevMetrics, verdict, now) }
            : next with { AppMetrics = Add(counted.AppMetrics, verdict, now) };
    }

    static LogfileMetrics Add(LogfileMetrics counted, UploadVerdict verdict, DateTimeOffset now) => verdict == UploadVerdict.Sent
        ? counted with { NumGZipFilesSent = counted.NumGZipFilesSent + 1, RecentUploadTimestamp = now, LastGZipFileSendTime = now }
        : counted with { NumGZipFileRetry = counted.NumGZipFileRetry + 1 };
}
