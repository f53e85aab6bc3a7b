namespace Eve.Agents.Shared;

/// <summary>Who signs a request.</summary>
public enum RequestSeal
{
    /// <summary>Nobody: the body goes as it is.</summary>
    None,

    /// <summary>The device, in an envelope.</summary>
    Device,

    /// <summary>The onboarding key, in an envelope that shows its certificate.</summary>
    Onboarding,
}

/// <summary>What an answer must be to be believed.</summary>
public enum AnswerSeal
{
    /// <summary>Anything; the payload is the body.</summary>
    None,

    /// <summary>An envelope whose signature is not looked at (certs: their chain is checked instead).</summary>
    Unchecked,

    /// <summary>An envelope signed by the controller, or nothing at all.</summary>
    Controller,
}

/// <summary>One request of the device API (controller.md 1.1).</summary>
/// <param name="Path">What follows <c>/api/v2/edgedevice/</c>.</param>
/// <param name="Body">The serialised message, or raw bytes: sent by POST, also when empty. Null: a GET.</param>
/// <param name="Seal">Who signs the body.</param>
/// <param name="Answer">What the answer must be.</param>
public sealed record ControllerRequest(string Path, byte[]? Body = null, RequestSeal Seal = RequestSeal.None, AnswerSeal Answer = AnswerSeal.None)
{
    /// <summary><c>host[:port]</c> or a URL (a local operator console); empty for the controller named in /config/server.</summary>
    public string Server { get; init; } = "";

    /// <summary>So long one attempt may take (timer.send.timeout; default: 120 s).</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>So long name look-up and connecting may take (timer.dial.timeout; default: 10 s).</summary>
    public TimeSpan DialTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>An answer of 4xx or 5xx ends the round over the ports (a 403 always does).</summary>
    public bool StopAtHttpError { get; init; }

    /// <summary>Takes answers of type JSON and plain text as well (onboarding, uploaded logs).</summary>
    public bool AnyMediaType { get; init; }

    /// <summary>The machine's serial number, shown while the device has no UUID.</summary>
    public string Serial { get; init; } = "";

    /// <summary>The installation's serial number, shown while the device has no UUID.</summary>
    public string SoftSerial { get; init; } = "";

    /// <summary>Asks for the controller's certificates; give the payload to <see cref="ControllerCertStore"/>.</summary>
    public static ControllerRequest Certs { get; } = new("certs", Answer: AnswerSeal.Unchecked);

    /// <summary>Asks whether anybody is there.</summary>
    public static ControllerRequest Ping { get; } = new("ping") { AnyMediaType = true };

    /// <summary>A message of an onboarded device (config, attest, info, metrics, flowlog, hardwarehealth).</summary>
    public static ControllerRequest ForDevice(Guid device, string action, byte[] body) =>
        new($"id/{device}/{action}", body, RequestSeal.Device, AnswerSeal.Controller);

    /// <summary>Bytes of an onboarded device, sealed with its key, to which the controller answers without an envelope (newlogs).</summary>
    public static ControllerRequest WithPlainAnswer(Guid device, string action, byte[] body) =>
        new($"id/{device}/{action}", body, RequestSeal.Device) { AnyMediaType = true };
}
