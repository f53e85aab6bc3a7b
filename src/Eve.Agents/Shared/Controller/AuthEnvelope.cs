using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Eve.Api.Auth;
using Google.Protobuf;
using HashAlgorithm = Eve.Api.Common.HashAlgorithm;

namespace Eve.Agents.Shared;

/// <summary>A certificate that the controller may sign with, and the hash by which its envelopes name it.</summary>
internal sealed record EnvelopeSigner(X509Certificate2 Certificate, byte[] Hash)
{
    /// <summary>From the bytes of a ZCert: they are hashed as delivered, while a device hashes its certificate's DER.</summary>
    public static EnvelopeSigner FromPem(ReadOnlySpan<byte> pem) =>
        new(X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(pem)), SHA256.HashData(pem));
}

/// <summary>What was in an envelope, or why it is not believed.</summary>
internal readonly record struct OpenedEnvelope(byte[] Payload, SenderStatus Status = SenderStatus.None, string Error = "")
{
    public static OpenedEnvelope Refuse(SenderStatus status, string error) => new([], status, error);
}

/// <summary>Seals and opens the signed envelope around every message of the device API (controller.md 1.3).</summary>
internal static class AuthEnvelope
{
    const int ShortHash = 16;

    /// <summary>Signs a payload.</summary>
    /// <param name="payload">A serialised message; may be empty.</param>
    /// <param name="signer">The device's identity, or the onboarding one.</param>
    /// <param name="showCertificate">Puts the signer's certificate into the envelope: the controller does not know it yet.</param>
    public static byte[] Seal(ReadOnlySpan<byte> payload, DeviceIdentity signer, bool showCertificate = false)
    {
        byte[] signature;
        lock (signer.Key)
            signature = signer.Key.SignHash(SHA256.HashData(payload));
        var container = new AuthContainer
        {
            ProtectedPayload = new() { Payload = ByteString.CopyFrom(payload) },
            Algo = HashAlgorithm.Sha25632Bytes,
            SenderCertHash = ByteString.CopyFrom(signer.CertificateHash),
            SignatureHash = ByteString.CopyFrom(signature),
        };
        if (showCertificate)
            container.SenderCert = ByteString.CopyFromUtf8(Convert.ToBase64String(signer.Pem));
        return container.ToByteArray();
    }

    /// <summary>Opens an envelope that one of these must have signed.</summary>
    public static OpenedEnvelope Open(ReadOnlySpan<byte> envelope, IReadOnlyList<EnvelopeSigner> signers)
    {
        if (Read(envelope, out var refusal) is not { } container)
            return refusal;
        var hash = container.SenderCertHash.Span;
        if (hash.Length is not (ShortHash or SHA256.HashSizeInBytes))
            return OpenedEnvelope.Refuse(SenderStatus.HashSizeError, $"The answer names its signer by a hash of {hash.Length} bytes; 16 or 32 are known.");
        if (container.Algo is not (HashAlgorithm.Sha25616Bytes or HashAlgorithm.Sha25632Bytes))
            return OpenedEnvelope.Refuse(SenderStatus.AlgoFail, $"The answer names its signer by the hash algorithm {(int)container.Algo}, which is unknown.");
        if (Find(signers, hash) is not { } signer)
            return OpenedEnvelope.Refuse(SenderStatus.CertMiss, $"The answer is signed with the certificate {Convert.ToHexStringLower(hash)}, which is not among the {signers.Count} known signing certificates.");
        var payload = container.ProtectedPayload.Payload.ToByteArray();
        return Verify(signer.Certificate, payload, container.SignatureHash.Span)
            ? new(payload)
            : OpenedEnvelope.Refuse(SenderStatus.SignVerifyFail, $"The signature by {signer.Certificate.Subject} on the answer is wrong.");
    }

    /// <summary>Opens an envelope without looking at its signature: for the certificates, whose chain is checked instead.</summary>
    public static OpenedEnvelope OpenUnchecked(ReadOnlySpan<byte> envelope) =>
        Read(envelope, out var refusal) is { } container ? new(container.ProtectedPayload.Payload.ToByteArray()) : refusal;

    static AuthContainer? Read(ReadOnlySpan<byte> envelope, out OpenedEnvelope refusal)
    {
        refusal = default;
        AuthContainer container;
        try
        {
            container = AuthContainer.Parser.ParseFrom(envelope);
        }
        catch (InvalidProtocolBufferException exception)
        {
            refusal = OpenedEnvelope.Refuse(SenderStatus.Failed, $"The answer of {envelope.Length} bytes is not an envelope: {exception.Message}");
            return null;
        }
        if (container.ProtectedPayload is not null)
            return container;
        refusal = OpenedEnvelope.Refuse(
            SenderStatus.Failed, container.CipherData is null ? "The answer is an envelope without a payload." : "The answer's payload is encrypted, which is not built yet.");
        return null;
    }

    static EnvelopeSigner? Find(IReadOnlyList<EnvelopeSigner> signers, ReadOnlySpan<byte> hash)
    {
        foreach (var signer in signers)
        {
            if (signer.Hash.AsSpan(0, hash.Length).SequenceEqual(hash))
                return signer;
        }
        return null;
    }

    static bool Verify(X509Certificate2 certificate, byte[] payload, ReadOnlySpan<byte> signature)
    {
        try
        {
            if (certificate.GetECDsaPublicKey() is { } ecdsa)
            {
                using (ecdsa)
                    return signature.Length == 2 * ((ecdsa.KeySize + 7) / 8) && ecdsa.VerifyHash(SHA256.HashData(payload), signature);
            }
            using var rsa = certificate.GetRSAPublicKey();
            return rsa is not null && rsa.VerifyData(payload, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
