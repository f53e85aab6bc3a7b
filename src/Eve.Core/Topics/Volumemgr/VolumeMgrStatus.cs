using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record VolumeMgrStatus(string Name = "", bool Initialized = false, ulong RemainingSpace = 0) : ITopic<VolumeMgrStatus>
{
    public string Key => Name;
    public static JsonTypeInfo<VolumeMgrStatus> Json => EveJson.VolumeMgrStatus;
}
