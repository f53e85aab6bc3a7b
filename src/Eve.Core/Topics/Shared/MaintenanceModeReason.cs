namespace Eve.Topics;

public enum MaintenanceModeReason
{
    None = 0,
    UserRequested = 1,
    VaultLockedUp = 2,
    LowDiskSpace = 3,
    TpmEncryptionFailure = 4,
    TpmQuoteFailure = 5,
    EdgeNodeCertsRefused = 6,
}
