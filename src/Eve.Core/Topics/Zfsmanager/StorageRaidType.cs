namespace Eve.Topics;

public enum StorageRaidType
{
    Unspecified = 0,
    Raid0 = 1,
    Raid1 = 2,
    Raid5 = 3,
    Raid6 = 4,
    Raid7 = 5,
    NoRaid = 6,
}
