namespace Eve.Topics;

public enum MetaDataType : byte
{
    Drive = 0,
    None = 1,
    OpenStack = 2,
    DriveMultipart = 3,
}
