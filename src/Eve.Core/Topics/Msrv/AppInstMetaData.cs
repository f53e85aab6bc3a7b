using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record AppInstMetaData(
    Guid AppInstUUID = default,
    Bytes Data = default,
    AppInstMetaDataType Type = default) : ITopic<AppInstMetaData>
{
    public string Key => $"{AppInstUUID}-{(byte)Type}";
    public static JsonTypeInfo<AppInstMetaData> Json => EveJson.AppInstMetaData;
}

public enum AppInstMetaDataType : byte
{
    None = 0,
    KubeConfig = 1,
    CustomStatus = 2,
}
