using System.Text.Json.Serialization;

namespace Eve.Topics;

[JsonConverter(typeof(NumberConverter<L2LinkType>))]
public enum L2LinkType : byte
{
    None = 0,
    Vlan = 1,
    Bond = 2,
}
