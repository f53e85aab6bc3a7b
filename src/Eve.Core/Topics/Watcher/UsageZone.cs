using System.Text.Json.Serialization;

namespace Eve.Topics;

[JsonConverter(typeof(NumberConverter<UsageZone>))]
public enum UsageZone
{
    GreenZone = 0,
    YellowZone = 1,
    OrangeZone = 2,
    RedZone = 3,
}
