using System.Text.Json.Serialization;

namespace Eve.Topics;

[JsonConverter(typeof(NumberConverter<VolumesSnapshotAction>))]
public enum VolumesSnapshotAction : byte
{
    UnspecifiedAction = 0,
    Create = 1,
    Rollback = 2,
    Delete = 3,
}
