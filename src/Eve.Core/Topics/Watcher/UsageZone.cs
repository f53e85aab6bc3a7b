namespace Eve.Topics;

public enum UsageZone
{
    GreenZone = 0,
    YellowZone = 1,
    OrangeZone = 2,
    RedZone = 3,
}
