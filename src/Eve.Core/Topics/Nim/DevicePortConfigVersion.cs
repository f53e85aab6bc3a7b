namespace Eve.Topics;

public enum DevicePortConfigVersion : uint
{
    Initial = 0,
    IsMgmt = 1,
}
