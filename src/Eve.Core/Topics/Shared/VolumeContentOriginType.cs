using System.Text.Json.Serialization;

namespace Eve.Topics;

[JsonConverter(typeof(NumberConverter<VolumeContentOriginType>))]
public enum VolumeContentOriginType
{
    Unknown = 0,
    Blank = 1,
    Download = 2,
}
