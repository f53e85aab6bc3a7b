namespace Eve.Topics;

public sealed record StorageDiskMetrics(DiskDescription? DiskName = null, ZFSVDevMetrics? Metrics = null);
