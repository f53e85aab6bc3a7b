namespace Eve.Topics;

/// <summary>What watcher publishes.</summary>
public static class WatcherTopics
{
    public static readonly Topic<DiskNotification> DiskNotification = new(AgentNames.Watcher);
    public static readonly Topic<MemoryNotification> MemoryNotification = new(AgentNames.Watcher);
}
