using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record LedBlinkCounter(LedBlinkCount BlinkCounter = default) : ITopic<LedBlinkCounter>
{
    public string Key => "ledconfig";
    public static JsonTypeInfo<LedBlinkCounter> Json => EveJson.LedBlinkCounter;
}

public enum LedBlinkCount : byte
{
    Undefined = 0,
    WaitingForIp = 1,
    ConnectingToController = 2,
    ConnectedToController = 3,
    Onboarded = 4,
    RadioSilence = 5,
    OnboardingFailure = 10,
    ResponseWithoutTls = 12,
    ResponseWithoutOcsp = 13,
    InvalidControllerCert = 14,
    InvalidAuthContainer = 15,
    InvalidBootstrapConfig = 16,
    OnboardingConflict = 17,
    OnboardingNotFound = 18,
}
