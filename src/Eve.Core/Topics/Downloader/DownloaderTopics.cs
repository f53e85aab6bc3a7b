namespace Eve.Topics;

/// <summary>What downloader publishes.</summary>
public static class DownloaderTopics
{
    public static readonly Topic<CipherBlockStatus> CipherBlockStatus = new(AgentNames.Downloader);
    public static readonly Topic<CipherMetrics> CipherMetrics = new(AgentNames.Downloader);
    public static readonly Topic<DownloaderStatus> DownloaderStatus = new(AgentNames.Downloader, Barrier: true);
    public static readonly Topic<MetricsMap> MetricsMap = new(AgentNames.Downloader);
    public static readonly Topic<ResolveStatus> ResolveStatus = new(AgentNames.Downloader, Barrier: true);
}
