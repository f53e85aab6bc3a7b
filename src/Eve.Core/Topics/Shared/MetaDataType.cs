using System.Text.Json.Serialization;

namespace Eve.Topics;

[JsonConverter(typeof(NumberConverter<MetaDataType>))]
public enum MetaDataType : byte
{
    Drive = 0,
    None = 1,
    OpenStack = 2,
    DriveMultipart = 3,
}
