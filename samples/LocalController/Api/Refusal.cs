using System.Security.Cryptography.X509Certificates;
using Eve.Samples.Controller.Store;

namespace Eve.Samples.Controller.Api;

/// <summary>Why a request is not served, and the status code that says so.</summary>
sealed record Refusal(int Status, string Reason)
{
    public static Refusal Unauthenticated(string reason) => new(StatusCodes.Status401Unauthorized, reason);

    public static Refusal Forbidden(string reason) => new(StatusCodes.Status403Forbidden, reason);

    public static Refusal UnknownDevice(string reason) => new(StatusCodes.Status400BadRequest, reason);

    public static Refusal Unprocessable(string reason) => new(StatusCodes.Status422UnprocessableEntity, reason);
}

/// <summary>An envelope after every check: its payload and who signed it, or why not.</summary>
readonly record struct Opened(byte[] Payload, Device? Device, X509Certificate2? Onboarding, Refusal? Refusal)
{
    public static implicit operator Opened(Refusal refusal) => new([], null, null, refusal);
}
