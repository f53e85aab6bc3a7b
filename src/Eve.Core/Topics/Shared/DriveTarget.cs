namespace Eve.Topics;

public enum DriveTarget
{
    Unknown = 0,
    Disk = 1,
    Kernel = 2,
    Initrd = 3,
    RamDisk = 4,
    AppCustom = 5,
}
