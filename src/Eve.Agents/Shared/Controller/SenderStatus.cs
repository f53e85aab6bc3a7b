namespace Eve.Agents.Shared;

/// <summary>How a request ended, with EVE's numbers (controller.md 1.6).</summary>
public enum SenderStatus
{
    /// <summary>It went well.</summary>
    None = 0,

    /// <summary>The connection was refused.</summary>
    Refused = 1,

    /// <summary>503: the controller is being upgraded.</summary>
    Upgrade = 2,

    /// <summary>The server's TLS certificate is expired or not valid yet; or this device's clock is wrong.</summary>
    CertInvalid = 3,

    /// <summary>The answer is signed with a certificate that is not known here: fetch the certificates.</summary>
    CertMiss = 4,

    /// <summary>The signature of the answer is wrong.</summary>
    SignVerifyFail = 5,

    /// <summary>The answer names an unknown hash algorithm.</summary>
    AlgoFail = 6,

    /// <summary>The hash of the signing certificate is neither 16 nor 32 bytes long.</summary>
    HashSizeError = 7,

    /// <summary>Nobody who is trusted vouches for the server's TLS certificate (a proxy in between?).</summary>
    CertUnknownAuthority = 8,

    /// <summary>The same through a configured proxy.</summary>
    CertUnknownAuthorityProxy = 9,

    /// <summary>404 or 400: the controller does not know this device, or this request.</summary>
    NotFound = 10,

    /// <summary>403.</summary>
    Forbidden = 11,

    /// <summary>Anything else; the answer's HTTP code and error tell more.</summary>
    Failed = 12,

    /// <summary>Still queued.</summary>
    Debug = 13,
}
