using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Eve.Agents.Shared;

/// <summary>A certificate and its private key: the device's own, or the one that it registers with.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Key">Its private key, which may live in a file or elsewhere.</param>
/// <param name="Pem">The certificate's file, byte for byte: register messages carry it so.</param>
internal sealed record DeviceIdentity(X509Certificate2 Certificate, ECDsa Key, byte[] Pem)
{
    /// <summary>By which a device's envelopes name their signer: SHA-256 of the DER, unlike the controller's.</summary>
    public byte[] CertificateHash { get; } = SHA256.HashData(Certificate.RawData);

    /// <summary>From the texts of two files.</summary>
    /// <exception cref="CryptographicException">A text holds no such thing, or the two do not belong together.</exception>
    public static DeviceIdentity FromPem(byte[] certificate, string key)
    {
        var parsed = X509Certificate2.CreateFromPem(System.Text.Encoding.UTF8.GetString(certificate));
        var secret = PrivateKeyPem.Read(key);
        using var open = parsed.GetECDsaPublicKey() ?? throw new CryptographicException("the certificate is not for an elliptic curve key");
        if (!open.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(secret.ExportSubjectPublicKeyInfo()))
            throw new CryptographicException("the key does not belong to the certificate");
        return new(parsed, secret, certificate);
    }
}

/// <summary>Reads private keys as EVE's tools wrote them.</summary>
internal static class PrivateKeyPem
{
    /// <summary>PKCS#8 or SEC1, whatever the label says: upstream writes SEC1 under the label of PKCS#8.</summary>
    /// <exception cref="CryptographicException">There is no such key in the text.</exception>
    public static ECDsa Read(ReadOnlySpan<char> text)
    {
        while (PemEncoding.TryFind(text, out var found))
        {
            if (text[found.Label].EndsWith("PRIVATE KEY", StringComparison.Ordinal))
                return Import(Convert.FromBase64String(text[found.Base64Data].ToString()));
            text = text[found.Location.End..];
        }
        throw new CryptographicException("there is no private key in it");
    }

    static ECDsa Import(byte[] der)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(der, out _);
        }
        catch (CryptographicException)
        {
            key.ImportECPrivateKey(der, out _);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }
        return key;
    }
}
