namespace Eve.Topics;

public sealed record SnapshotDesc(string SnapshotID = "", SnapshotType SnapshotType = default);

public enum SnapshotType
{
    Unspecified = 0,
    AppUpdate = 1,
    Immediate = 2,
}
