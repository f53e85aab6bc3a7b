namespace Eve.Topics;

public enum VolumeContentOriginType
{
    Unknown = 0,
    Blank = 1,
    Download = 2,
}
