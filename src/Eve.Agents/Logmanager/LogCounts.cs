using System.Text;
using Eve.Topics;

namespace Eve.Agents.Logmanager;

/// <summary>What was collected since the agent's start, for NewlogMetrics.</summary>
internal sealed record LogCounts(LogfileMetrics? Device = null, LogfileMetrics? Apps = null, long Packs = 0, long PackedBytes = 0, int Removed = 0)
{
    public LogfileMetrics Device { get; init; } = Device ?? new();
    public LogfileMetrics Apps { get; init; } = Apps ?? new();

    /// <summary>All lines of the device count once, as what is kept.</summary>
    public LogCounts Took(LogStream stream, IReadOnlyList<string> lines)
    {
        if (stream == LogStream.Upload)
            return this;
        var (count, bytes) = ((ulong)lines.Count, (ulong)lines.Sum(l => Encoding.UTF8.GetByteCount(l) + 1));
        return stream == LogStream.Keep
            ? this with { Device = Device with { NumInputEvent = Device.NumInputEvent + count, NumBytesWrite = Device.NumBytesWrite + bytes } }
            : this with { Apps = Apps with { NumInputEvent = Apps.NumInputEvent + count, NumBytesWrite = Apps.NumBytesWrite + bytes } };
    }

    public LogCounts Packed(LogStream stream, long bytes)
    {
        var counted = this with { Packs = Packs + 1, PackedBytes = PackedBytes + bytes };
        return stream == LogStream.Upload || stream == LogStream.Keep
            ? counted with { Device = Device with { NumGZipBytesWrite = Device.NumGZipBytesWrite + (ulong)bytes } }
            : counted with { Apps = Apps with { NumGZipBytesWrite = Apps.NumGZipBytesWrite + (ulong)bytes } };
    }

    /// <summary>Both halves in one: newlogd tells what loguploader did as well.</summary>
    public NewlogMetrics Metrics(NewlogMetrics uploads, int deviceFiles, int appFiles, TimeSpan closeAfter) => uploads with
    {
        LogfileTimeoutSec = (uint)closeAfter.TotalSeconds,
        MaxGzipSize = Gzip.MostBytes,
        AvgGzipSize = Packs > 0 ? (uint)(PackedBytes / Packs) : 0,
        NumGZipFileRemoved = (uint)Removed,
        DevMetrics = Merge(uploads.DevMetrics, Device, deviceFiles),
        AppMetrics = Merge(uploads.AppMetrics, Apps, appFiles),
    };

    static LogfileMetrics Merge(LogfileMetrics uploads, LogfileMetrics collected, int files) => uploads with
    {
        NumInputEvent = collected.NumInputEvent, NumBytesWrite = collected.NumBytesWrite, NumGZipBytesWrite = collected.NumGZipBytesWrite, NumGzipFileInDir = (uint)files,
    };
}
