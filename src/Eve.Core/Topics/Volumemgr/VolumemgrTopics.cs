namespace Eve.Topics;

/// <summary>What volumemgr publishes.</summary>
public static class VolumemgrTopics
{
    public static readonly Topic<AppAndImageToHash> AppAndImageToHash = new(AgentNames.Volumemgr, Persistent: true);
    public static readonly Topic<AppDiskMetric> AppDiskMetric = new(AgentNames.Volumemgr);
    public static readonly Topic<BlobStatus> BlobStatus = new(AgentNames.Volumemgr);
    public static readonly Topic<ContentTreeStatus> ContentTreeStatus = new(AgentNames.Volumemgr);
    public static readonly Topic<DeferredContentDeleteStatus> DeferredContentDeleteStatus = new(AgentNames.Volumemgr, Persistent: true);
    public static readonly Topic<DiskMetric> DiskMetric = new(AgentNames.Volumemgr);
    public static readonly Topic<DownloaderConfig> DownloaderConfig = new(AgentNames.Volumemgr);
    public static readonly Topic<ResolveConfig> ResolveConfig = new(AgentNames.Volumemgr);
    public static readonly Topic<VerifyImageConfig> VerifyImageConfig = new(AgentNames.Volumemgr);
    public static readonly Topic<VolumeCreatePending> VolumeCreatePending = new(AgentNames.Volumemgr, Persistent: true);
    public static readonly Topic<VolumeMgrStatus> VolumeMgrStatus = new(AgentNames.Volumemgr);
    public static readonly Topic<VolumeRefStatus> VolumeRefStatus = new(AgentNames.Volumemgr);
    public static readonly Topic<VolumeStatus> VolumeStatus = new(AgentNames.Volumemgr);
    public static readonly Topic<VolumesSnapshotStatus> VolumesSnapshotStatus = new(AgentNames.Volumemgr);
}
