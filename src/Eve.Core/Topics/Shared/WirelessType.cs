namespace Eve.Topics;

public enum WirelessType : byte
{
    None = 0,
    Cellular = 1,
    Wifi = 2,
}
