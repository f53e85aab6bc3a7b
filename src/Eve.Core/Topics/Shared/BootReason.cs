namespace Eve.Topics;

public enum BootReason : byte
{
    None = 0,
    First = 1,
    RebootCmd = 2,
    Update = 3,
    Fallback = 4,
    Disconnect = 5,
    Fatal = 6,
    Oom = 7,
    WatchdogHung = 8,
    WatchdogPid = 9,
    Kernel = 10,
    PowerFail = 11,
    Unknown = 12,
    VaultFailure = 13,
    PoweroffCmd = 14,
    KubeTransition = 15,
    HwWatchdog = 16,
}
