using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record Capabilities(
    bool HWAssistedVirtualization = false,
    bool IOVirtualization = false,
    bool CPUPinning = false,
    bool UseVHost = false) : ITopic<Capabilities>
{
    public string Key => "global";
    public static JsonTypeInfo<Capabilities> Json => EveJson.Capabilities;
}
