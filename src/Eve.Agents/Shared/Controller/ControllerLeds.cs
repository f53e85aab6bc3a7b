using Eve.Topics;

namespace Eve.Agents.Shared;

/// <summary>What an answer makes the LED show (walk-device.md 2); null: leave it as it is.</summary>
internal static class ControllerLeds
{
    /// <summary>While onboarding, for any request but certs.</summary>
    public static LedBlinkCount? Onboarding(ControllerAnswer answer) => answer switch
    {
        { Status: SenderStatus.CertMiss } => null,
        { BadEnvelope: true } => LedBlinkCount.InvalidAuthContainer,
        { HttpCode: 200 or 201 } => answer.Succeeded ? LedBlinkCount.Onboarded : LedBlinkCount.ConnectedToController,
        { HttpCode: 503 or 0 } => null,
        { HttpCode: 409 } => LedBlinkCount.OnboardingFailure,
        _ => LedBlinkCount.ConnectedToController,
    };

    /// <summary>For register, whose codes tell more.</summary>
    public static LedBlinkCount? Register(ControllerAnswer answer) => answer.HttpCode switch
    {
        409 or 304 => LedBlinkCount.OnboardingConflict,
        403 => LedBlinkCount.OnboardingNotFound,
        400 or 500 or 504 => LedBlinkCount.OnboardingFailure,
        _ => Onboarding(answer),
    };

    /// <summary>When an onboarded device loses its controller; only coming from 4.</summary>
    public static LedBlinkCount Lost(ControllerAnswer answer) =>
        answer.Answered || answer.Status is SenderStatus.Refused or SenderStatus.CertInvalid ? LedBlinkCount.ConnectedToController : LedBlinkCount.ConnectingToController;
}
