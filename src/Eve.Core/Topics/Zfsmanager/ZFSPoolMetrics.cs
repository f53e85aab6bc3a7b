using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record ZFSPoolMetrics(
    string PoolName = "",
    GoTime CollectionTime = default,
    ZFSVDevMetrics? Metrics = null,
    ValueList<StorageChildrenMetrics> ChildrenDataset = default,
    ValueList<StorageDiskMetrics> Disks = default,
    ValueList<StorageZVolMetrics> ZVols = default) : ITopic<ZFSPoolMetrics>
{
    public string Key => PoolName;
    public static JsonTypeInfo<ZFSPoolMetrics> Json => EveJson.ZFSPoolMetrics;
}

public sealed record StorageChildrenMetrics(
    string DisplayName = "",
    ulong GUID = 0,
    ZFSVDevMetrics? Metrics = null,
    ValueList<StorageDiskMetrics> Disks = default,
    ValueList<StorageChildrenMetrics> Children = default);

public sealed record StorageZVolMetrics(Guid VolumeID = default, ZFSVDevMetrics? Metrics = null);
