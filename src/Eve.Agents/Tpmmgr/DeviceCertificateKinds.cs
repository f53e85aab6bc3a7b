using System.Security.Cryptography;
using Eve.Topics;

namespace Eve.Agents.Tpmmgr;

/// <summary>A certificate that the device signs for itself.</summary>
internal sealed record DeviceCertificateKind(string Name, string CommonName, CertType Type);

/// <summary>The certificates under /persist/certs and how they are published.</summary>
internal static class DeviceCertificateKinds
{
    const int ShortHash = 16;

    public static readonly ValueList<DeviceCertificateKind> All =
    [
        new("ecdh", "Device ECDH certificate", CertType.EcdhXchange),
        new("attest", "Device Attestation certificate", CertType.RestrictSigning),
    ];

    /// <summary>The topic's form: the certificate is named by the first half of its file's SHA-256.</summary>
    public static EdgeNodeCert Publish(DeviceCertificateKind kind, byte[] pem, bool isTpm) =>
        new(CertHashType.Sha256First16, SHA256.HashData(pem)[..ShortHash], kind.Type, pem, isTpm);
}
