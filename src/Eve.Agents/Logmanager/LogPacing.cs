using Eve.Agents.Shared;

namespace Eve.Agents.Logmanager;

/// <summary>What becomes of a file that was sent, or could not be.</summary>
internal enum UploadVerdict
{
    Sent,

    /// <summary>Nobody was there, or nobody had the time: later again.</summary>
    Again,

    /// <summary>The controller does not want this file; a few more tries, then it is laid aside.</summary>
    Refused,
}

/// <summary>When log files are closed, sent and given up (controller.md 5.2, 5.3).</summary>
internal static class LogPacing
{
    /// <summary>A file that the controller refuses so often is laid aside.</summary>
    public const int MostRefusals = 10;

    public const long MostCollected = 550_000;

    // Larger ones are refused by controllers.
    public const int LargestUpload = 65_536;

    static readonly TimeSpan Age = TimeSpan.FromSeconds(300), FastAge = TimeSpan.FromSeconds(10), Fast = TimeSpan.FromSeconds(3);
    static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(30), LongestPause = TimeSpan.FromSeconds(900);

    public static TimeSpan CloseAfter(ConfigView config) => config.Get(ConfigItems.LogFastUpload) ? FastAge : Age;

    /// <summary>The pause before the next file; the more wait, the shorter.</summary>
    public static TimeSpan Next(int waiting, int failures, ConfigView config, double random)
    {
        if (failures > 0)
            return BackOff.Pause(failures, ShortestPause, LongestPause, random);
        if (config.Get(ConfigItems.LogFastUpload))
            return Fast;
        var seconds = waiting switch { < 5 => 90, < 25 => 45, < 50 => 30, < 200 => 15, < 1000 => 8, _ => 3 };
        return BackOff.Within(TimeSpan.FromSeconds(seconds), 0.8, 1.2, random);
    }

    public static UploadVerdict Judge(ControllerAnswer answer) => answer switch
    {
        { HttpCode: >= 200 and < 300 } => UploadVerdict.Sent,
        { HttpCode: 429 } => UploadVerdict.Again,
        { HttpCode: >= 400 and < 500 } => UploadVerdict.Refused,
        _ => UploadVerdict.Again,
    };

    /// <summary>What log files may take of the disk.</summary>
    public static long Quota(ConfigView config, long diskBytes) => Math.Min(config.Get(ConfigItems.LogMaxMegabytes) * 1_000_000L, diskBytes / 10);

    /// <summary>Which files go so that the rest fits, in bytes and in number: of each folder the oldest first, the folders as they are given.</summary>
    public static IReadOnlyList<string> Excess(IReadOnlyList<(string Path, long Bytes)> files, long quota)
    {
        var (bytes, count) = (files.Sum(f => f.Bytes), files.Count);
        var most = Math.Max(1, quota / Gzip.MostBytes);
        List<string> gone = [];
        foreach (var (path, size) in files)
        {
            if (bytes <= quota && count <= most)
                break;
            gone.Add(path);
            bytes -= size;
            count--;
        }
        return gone;
    }
}
