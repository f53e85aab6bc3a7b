using Eve.Samples.Controller.Store;
using Microsoft.Net.Http.Headers;

namespace Eve.Samples.Controller.Api;

/// <summary>Takes the envelope off a request: media type, form, sender, path and signature, in this order.</summary>
sealed class EnvelopeReader(DeviceStore devices)
{
    public const string MediaType = "application/x-proto-binary";

    /// <summary>For endpoints below <c>id/UUID</c>: the sender has to be the device that the path names.</summary>
    public async Task<Opened> OpenAsync(HttpRequest request, string path)
    {
        var (body, refusal) = await ReadAsync(request);
        if (refusal is not null)
            return refusal;
        if (!Guid.TryParseExact(path, "D", out var uuid) || devices.Find(uuid) is not { } device)
            return Refusal.UnknownDevice($"there is no device '{path}'");
        var (container, malformed) = Envelope.Parse(body);
        if (container is null)
            return malformed!;
        if (devices.FindByCertificate(container.SenderCertHash.Span) is not { } sender)
            return Refusal.Unauthenticated($"no device has the certificate {Convert.ToHexStringLower(container.SenderCertHash.Span)}");
        if (Envelope.CheckSignature(container, sender.Certificate) is { } forged)
            return forged;
        return sender == device
            ? new Opened(container.ProtectedPayload.Payload.ToByteArray(), device, null, null)
            : Refusal.Forbidden($"the certificate is that of {sender.Uuid}");
    }

    /// <summary>For endpoints without a UUID: the certificate alone says which device it is.</summary>
    public async Task<Opened> OpenAsync(HttpRequest request)
    {
        var (body, refusal) = await ReadAsync(request);
        if (refusal is not null)
            return refusal;
        var (container, malformed) = Envelope.Parse(body);
        if (container is null)
            return malformed!;
        if (devices.FindByCertificate(container.SenderCertHash.Span) is not { } sender)
            return Refusal.UnknownDevice($"no device has the certificate {Convert.ToHexStringLower(container.SenderCertHash.Span)}");
        return Envelope.CheckSignature(container, sender.Certificate) is { } forged
            ? forged
            : new Opened(container.ProtectedPayload.Payload.ToByteArray(), sender, null, null);
    }

    /// <summary>For register: signed with the onboarding key, whose certificate comes along.</summary>
    public static async Task<Opened> OpenOnboardingAsync(HttpRequest request)
    {
        var (body, refusal) = await ReadAsync(request);
        if (refusal is not null)
            return refusal;
        var (container, malformed) = Envelope.Parse(body);
        if (container is null)
            return malformed!;
        if (Envelope.ReadWrappedPem(container.SenderCert.Span) is not { } certificate)
            return Refusal.Unauthenticated("senderCert is not the base64 text of a PEM certificate");
        if (!container.SenderCertHash.Span.SequenceEqual(Envelope.HashOf(certificate)))
            return Refusal.Unauthenticated("senderCertHash is not the hash of senderCert");
        return Envelope.CheckSignature(container, certificate) is { } forged
            ? forged
            : new Opened(container.ProtectedPayload.Payload.ToByteArray(), null, certificate, null);
    }

    static async Task<(byte[] Body, Refusal? Refusal)> ReadAsync(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase))
            return ([], new Refusal(StatusCodes.Status415UnsupportedMediaType, $"Content-Type is '{request.ContentType}' instead of {MediaType}"));
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return (body.ToArray(), null);
    }
}
