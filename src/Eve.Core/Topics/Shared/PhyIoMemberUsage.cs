namespace Eve.Topics;

public enum PhyIoMemberUsage
{
    None = 0,
    MgmtAndApps = 1,
    Shared = 2,
    Dedicated = 3,
    Disabled = 4,
    MgmtOnly = 5,
}
