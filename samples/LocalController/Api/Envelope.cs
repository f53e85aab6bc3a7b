using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Eve.Api.Auth;
using Eve.Api.Common;
using Google.Protobuf;
using HashAlgorithm = Eve.Api.Common.HashAlgorithm;

namespace Eve.Samples.Controller.Api;

/// <summary>The checks of an AuthContainer that need nothing but the container and a certificate, and how one is made.</summary>
static class Envelope
{
    const int HashSize = 32;
    const int CoordinateSize = 32;

    public static (AuthContainer? Container, Refusal? Refusal) Parse(byte[] body)
    {
        if (body.Length == 0)
            return (null, Refusal.Unprocessable("the request has no body"));
        AuthContainer container;
        try
        {
            container = AuthContainer.Parser.ParseFrom(body);
        }
        catch (InvalidProtocolBufferException e)
        {
            return (null, Refusal.Unprocessable("the body is not an AuthContainer: " + e.Message));
        }
        if (container.ProtectedPayload is null)
            return (null, Refusal.Unprocessable("the envelope has no protectedPayload"));
        if (container.Algo != HashAlgorithm.Sha25632Bytes)
            return (null, Refusal.Unauthenticated($"algo is {(int)container.Algo}, a device uses {(int)HashAlgorithm.Sha25632Bytes}"));
        return container.SenderCertHash.Length == HashSize
            ? (container, null)
            : (null, Refusal.Unauthenticated($"senderCertHash has {container.SenderCertHash.Length} bytes instead of {HashSize}"));
    }

    public static Refusal? CheckSignature(AuthContainer container, X509Certificate2 signer)
    {
        using var key = signer.GetECDsaPublicKey();
        if (key is null || key.KeySize != 8 * CoordinateSize)
            return Refusal.Unauthenticated("the certificate has no P-256 key");
        if (container.SignatureHash.Length != 2 * CoordinateSize)
            return Refusal.Unauthenticated($"signatureHash has {container.SignatureHash.Length} bytes instead of {2 * CoordinateSize}");
        return key.VerifyData(container.ProtectedPayload.Payload.Span, container.SignatureHash.Span, HashAlgorithmName.SHA256)
            ? null
            : Refusal.Unauthenticated("the signature is not the payload's");
    }

    /// <summary>A device sends its onboarding certificate as the base64 text of the PEM file.</summary>
    public static X509Certificate2? ReadWrappedPem(ReadOnlySpan<byte> base64)
    {
        try
        {
            var pem = Encoding.UTF8.GetString(Convert.FromBase64String(Encoding.UTF8.GetString(base64)));
            return X509Certificate2.CreateFromPem(pem);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }

    public static byte[] HashOf(X509Certificate2 certificate) => SHA256.HashData(certificate.RawDataMemory.Span);

    public static byte[] Seal(IMessage message, byte[] signerHash, ECDsa key)
    {
        var payload = message.ToByteArray();
        return new AuthContainer
        {
            ProtectedPayload = new AuthBody { Payload = ByteString.CopyFrom(payload) },
            Algo = HashAlgorithm.Sha25632Bytes,
            SenderCertHash = ByteString.CopyFrom(signerHash),
            SignatureHash = ByteString.CopyFrom(key.SignData(payload, HashAlgorithmName.SHA256)),
        }.ToByteArray();
    }
}
