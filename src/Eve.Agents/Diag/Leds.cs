using Eve.Topics;

namespace Eve.Agents.Diag;

/// <summary>What the device's light means, and what helps.</summary>
internal static class Leds
{
    const string About = "summary";

    public static Finding Of(LedBlinkCount count) => count switch
    {
        LedBlinkCount.Onboarded => new(Grade.Info, About, "The device is onboarded and connected to its controller."),
        LedBlinkCount.ConnectedToController => new(Grade.Warning, About, "The device has reached its controller, but is not onboarded.",
            "The controller knows neither the device nor its onboarding certificate with this serial number yet.", "Register the device, or its onboarding certificate and serial number, at the controller."),
        LedBlinkCount.RadioSilence => new(Grade.Warning, About, "Radio silence is imposed: wireless ports are off.",
            "The local profile server asked for it.", "End radio silence at the local profile server."),
        LedBlinkCount.WaitingForIp => new(Grade.Error, About, "The device waits for an IP address.",
            "No port has an address that leads beyond its own link.", "Check the cables, the DHCP server, and the ports' configuration below."),
        LedBlinkCount.ConnectingToController => new(Grade.Error, About, "The device has an address and tries to reach its controller.",
            "No port has reached the controller named in /config/server yet.", "Check /config/server, the ports' DNS servers and routers, and firewalls on the way."),
        _ => new(Grade.Error, About, $"The device shows {count} ({(int)count}).", Reason(count), Remedy(count)),
    };

    static string Reason(LedBlinkCount count) => count switch
    {
        LedBlinkCount.OnboardingFailure => "The controller refuses to onboard the device.",
        LedBlinkCount.ResponseWithoutTls => "An answer came without TLS.",
        LedBlinkCount.ResponseWithoutOcsp => "The controller's certificate has no valid OCSP answer.",
        LedBlinkCount.InvalidControllerCert => "The controller's certificates cannot be fetched or verified.",
        LedBlinkCount.InvalidAuthContainer => "An answer was not signed by the controller.",
        LedBlinkCount.InvalidBootstrapConfig => "The bootstrap configuration is not valid.",
        LedBlinkCount.OnboardingConflict => "Another device is onboarded with the same certificate or serial number.",
        LedBlinkCount.OnboardingNotFound => "The controller does not know this device.",
        _ => "No agent has said how far the device has come.",
    };

    static string Remedy(LedBlinkCount count) => count switch
    {
        LedBlinkCount.OnboardingFailure or LedBlinkCount.OnboardingNotFound => "Register the device at the controller, with the certificate and serial numbers that it has.",
        LedBlinkCount.ResponseWithoutTls or LedBlinkCount.ResponseWithoutOcsp => "Look for a proxy or portal between the device and its controller.",
        LedBlinkCount.InvalidControllerCert or LedBlinkCount.InvalidAuthContainer =>
            "Compare /config/root-certificate.pem with the controller's root, check the device's clock, and look for a proxy that opens TLS.",
        LedBlinkCount.InvalidBootstrapConfig => "Replace /config/bootstrap-config.pb by one that the controller has signed.",
        LedBlinkCount.OnboardingConflict => "Delete the other device at the controller, or give this one a certificate of its own.",
        _ => "See the log of zedbox.",
    };
}
