using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record VolumesSnapshotConfig(
    string SnapshotID = "",
    VolumesSnapshotAction Action = default,
    ValueList<Guid> VolumeIDs = default,
    Guid AppUUID = default) : ITopic<VolumesSnapshotConfig>
{
    public string Key => SnapshotID;
    public static JsonTypeInfo<VolumesSnapshotConfig> Json => EveJson.VolumesSnapshotConfig;
}
