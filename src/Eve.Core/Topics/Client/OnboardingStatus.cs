using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record OnboardingStatus(Guid DeviceUUID = default, string HardwareModel = "") : ITopic<OnboardingStatus>
{
    public string Key => "global";
    public static JsonTypeInfo<OnboardingStatus> Json => EveJson.OnboardingStatus;
}
