using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Eve.Samples.Controller.Identity;

/// <summary>What is written into each kind of certificate. The caller disposes the key.</summary>
static class CertificateRequests
{
    const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static (CertificateRequest Request, ECDsa Key) Authority(string subject, int pathLength)
    {
        var (request, key) = Start(subject);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, pathLength, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        return (request, key);
    }

    public static (CertificateRequest Request, ECDsa Key) Leaf(string subject, X509KeyUsageFlags usage)
    {
        var (request, key) = Start(subject);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        return (request, key);
    }

    public static (CertificateRequest Request, ECDsa Key) Tls(IReadOnlyList<string> names)
    {
        var (request, key) = Leaf("CN=LocalController", X509KeyUsageFlags.DigitalSignature);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], false));
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address)) builder.AddIpAddress(address);
            else builder.AddDnsName(name);
        }
        request.CertificateExtensions.Add(builder.Build());
        return (request, key);
    }

    public static bool Covers(X509Certificate2 certificate, IReadOnlyList<string> names)
    {
        var alternatives = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return alternatives is not null && names.All(name => IPAddress.TryParse(name, out var address)
            ? alternatives.EnumerateIPAddresses().Contains(address)
            : alternatives.EnumerateDnsNames().Contains(name, StringComparer.OrdinalIgnoreCase));
    }

    static (CertificateRequest Request, ECDsa Key) Start(string subject)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return (request, key);
    }
}
