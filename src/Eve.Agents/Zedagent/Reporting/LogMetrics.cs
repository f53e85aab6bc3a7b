using Eve.Topics;
using Wire = Eve.Api.Metrics;

namespace Eve.Agents.Zedagent.Reporting;

/// <summary>Logs on their way to the controller (reports.md 6.2).</summary>
internal static class LogMetrics
{
    public static Wire.newlogMetric? Of(NewlogMetrics? logs)
    {
        if (logs is null)
            return null;
        var metric = new Wire.newlogMetric
        {
            FailedToSend = logs.FailedToSend,
            FailSentStartTime = Units.Time(logs.FailSentStartTime),
            TotalBytesUpload = logs.TotalBytesUpload,
            Num4XxResponses = logs.Num4xxResponses,
            TooManyRequest = logs.NumTooManyRequest,
            CurrentUploadIntv = logs.CurrUploadIntvSec,
            LogfileTimeout = logs.LogfileTimeoutSec,
            MaxGzipFileSize = logs.MaxGzipSize,
            AvgGzipFileSize = logs.AvgGzipSize,
            MimUploadMsec = logs.Latency.MinUploadMsec,
            MaxUploadMsec = logs.Latency.MaxUploadMsec,
            AvgUploadMsec = logs.Latency.AvgUploadMsec,
            LastUploadMsec = logs.Latency.CurrUploadMsec,
            CurrentCPULoadPct = logs.ServerStats.CurrCPULoadPCT,
            AverageCPULoadPct = logs.ServerStats.AvgCPULoadPCT,
            CurrentProcessDelay = logs.ServerStats.CurrProcessMsec,
            AverageProcessDelay = logs.ServerStats.AvgProcessMsec,
            GzipFilesRemoved = logs.NumGZipFileRemoved,
            SkipUploadAppFile = logs.NumSkipUploadAppFile,
            TotalSizeLogs = logs.TotalSizeLogs,
            OldestSavedDeviceLog = Units.Time(logs.OldestSavedDeviceLog),
            DeviceMetrics = Of(logs.DevMetrics),
            AppMetrics = Of(logs.AppMetrics),
        };
        foreach (var (source, percent) in logs.DevTop10InputBytesPCT)
            metric.Top10InputSources[source] = percent;
        return metric;
    }

    static Wire.logfileMetrics Of(LogfileMetrics files) => new()
    {
        NumGzipFileSent = files.NumGZipFilesSent,
        NumGzipBytesWrite = files.NumGZipBytesWrite,
        NumBytesWrite = files.NumBytesWrite,
        NumGzipFileInDir = files.NumGzipFileInDir,
        NumInputEvent = files.NumInputEvent,
        NumGzipFileRetry = files.NumGZipFileRetry,
        NumGzipFileKeptLocal = files.NumGZipFileKeptLocal,
        RecentGzipFileTime = Units.Time(files.RecentUploadTimestamp),
        LastGzipFileSendTime = Units.Time(files.LastGZipFileSendTime),
    };
}
