using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Eve.Api.Certs;
using Google.Protobuf;

namespace Eve.Samples.Controller.Identity;

/// <summary>
/// The controller's keys: a root that devices trust, the TLS certificate below it, and below an intermediate the certificates that sign and encrypt.
/// Made in the data folder at the first start, and again when they run out.
/// </summary>
sealed class Authority
{
    readonly CertificateFolder _folder;

    Authority(CertificateFolder folder, IReadOnlyList<string> names)
    {
        _folder = folder;
        Root = folder.LoadOrMake("root", null, issuer => CertificateRequests.Authority("CN=LocalController root " + Suffix(), pathLength: 1), years: 20);
        Intermediate = folder.LoadOrMake("intermediate", Root, issuer => CertificateRequests.Authority("CN=LocalController intermediate " + Suffix(), pathLength: 0), years: 10);
        Tls = folder.LoadOrMake("tls", Root, _ => CertificateRequests.Tls(names), years: 2, valid: cert => CertificateRequests.Covers(cert, names));
        Signing = folder.LoadOrMake("signing", Intermediate, _ => CertificateRequests.Leaf("CN=LocalController signing", X509KeyUsageFlags.DigitalSignature), years: 5);
        Encryption = folder.LoadOrMake("encryption", Intermediate, _ => CertificateRequests.Leaf("CN=LocalController encryption", X509KeyUsageFlags.KeyAgreement), years: 5);
        Certificates = new ZControllerCert
        {
            Certs = { Describe("signing", ZCertType.CertTypeControllerSigning), Describe("intermediate", ZCertType.CertTypeControllerIntermediate), Describe("encryption", ZCertType.CertTypeControllerEcdhExchange) },
        };
        SigningHash = SHA256.HashData(Certificates.Certs[0].Cert.Span);
        CertificatesHash = Convert.ToHexStringLower(SHA256.HashData(Certificates.ToByteArray()));
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Intermediate { get; }

    public X509Certificate2 Tls { get; }

    public X509Certificate2 Signing { get; }

    public X509Certificate2 Encryption { get; }

    /// <summary>As the certs endpoint delivers them.</summary>
    public ZControllerCert Certificates { get; }

    /// <summary>SHA-256 of the PEM bytes of the signing certificate as delivered: unlike a device, a controller does not hash the DER.</summary>
    public byte[] SigningHash { get; }

    /// <summary>Changes with the certificates; devices are told by it to fetch them again.</summary>
    public string CertificatesHash { get; }

    public string RootPem => _folder.Pem("root");

    public static Authority Open(string folder, IReadOnlyList<string> names, TimeProvider time) => new(new CertificateFolder(folder, time), names);

    /// <summary>A pair (certificate, key) in PEM that a device may register with, or be known by.</summary>
    public static (string Certificate, string Key) SelfSigned(string subject, TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = time.GetUtcNow();
        using var certificate = new CertificateRequest(subject, key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddYears(20));
        return (certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    static string Suffix() => RandomNumberGenerator.GetHexString(8, lowercase: true);

    ZCert Describe(string name, ZCertType type)
    {
        var pem = ByteString.CopyFromUtf8(_folder.Pem(name));
        return new ZCert { Type = type, Cert = pem, HashAlgo = Eve.Api.Common.HashAlgorithm.Sha25616Bytes, CertHash = ByteString.CopyFrom(SHA256.HashData(pem.Span)[..16]) };
    }
}
