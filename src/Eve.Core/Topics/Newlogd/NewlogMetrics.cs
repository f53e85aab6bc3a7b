using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record NewlogMetrics(
    bool FailedToSend = false,
    GoTime FailSentStartTime = default,
    GoTime LastTooManyReqTime = default,
    ulong TotalBytesUpload = 0,
    uint Num4xxResponses = 0,
    uint NumTooManyRequest = 0,
    uint CurrUploadIntvSec = 0,
    uint LogfileTimeoutSec = 0,
    uint MaxGzipSize = 0,
    uint AvgGzipSize = 0,
    uint NumGZipFileRemoved = 0,
    uint NumBreakGZipFile = 0,
    uint NumSkipUploadAppFile = 0,
    ulong NumKmessages = 0,
    ulong NumSyslogMessages = 0,
    ValueMap<string, uint> DevTop10InputBytesPCT = default,
    ulong TotalSizeLogs = 0,
    GoTime OldestSavedDeviceLog = default,
    CloudDelay? Latency = null,
    ServerStats? ServerStats = null,
    LogfileMetrics? DevMetrics = null,
    LogfileMetrics? AppMetrics = null) : ITopic<NewlogMetrics>
{
    public CloudDelay Latency { get; init; } = Latency ?? new();
    public ServerStats ServerStats { get; init; } = ServerStats ?? new();
    public LogfileMetrics DevMetrics { get; init; } = DevMetrics ?? new();
    public LogfileMetrics AppMetrics { get; init; } = AppMetrics ?? new();

    public string Key => "global";
    public static JsonTypeInfo<NewlogMetrics> Json => EveJson.NewlogMetrics;
}

public sealed record CloudDelay(uint MinUploadMsec = 0, uint MaxUploadMsec = 0, uint AvgUploadMsec = 0, uint CurrUploadMsec = 0);

public sealed record ServerStats(float CurrCPULoadPCT = 0, float AvgCPULoadPCT = 0, uint CurrProcessMsec = 0, uint AvgProcessMsec = 0);

public sealed record LogfileMetrics(
    ulong NumGZipFilesSent = 0,
    ulong NumGZipBytesWrite = 0,
    ulong NumBytesWrite = 0,
    uint NumGzipFileInDir = 0,
    ulong NumInputEvent = 0,
    ulong NumGZipFileRetry = 0,
    uint NumGZipFileKeptLocal = 0,
    GoTime RecentUploadTimestamp = default,
    GoTime LastGZipFileSendTime = default);
