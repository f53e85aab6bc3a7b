namespace Eve.Topics;

public enum NetworkInstanceType
{
    First = 0,
    Switch = 1,
    Local = 2,
    Cloud = 3,
    HoneyPot = 5,
    Transparent = 6,
    Last = 255,
}
