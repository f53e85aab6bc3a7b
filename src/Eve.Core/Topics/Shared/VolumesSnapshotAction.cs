namespace Eve.Topics;

public enum VolumesSnapshotAction : byte
{
    UnspecifiedAction = 0,
    Create = 1,
    Rollback = 2,
    Delete = 3,
}
