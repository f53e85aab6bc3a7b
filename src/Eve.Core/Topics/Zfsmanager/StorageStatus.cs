namespace Eve.Topics;

public enum StorageStatus
{
    Unspecified = 0,
    Online = 1,
    Degraded = 2,
    Faulted = 3,
    Offline = 4,
    Unavail = 5,
    Removed = 6,
    Suspended = 7,
}
