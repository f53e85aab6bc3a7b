using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Eve.Samples.Controller.Store;

namespace Eve.Samples.Controller.Identity;

/// <summary>Certificates with their keys as pairs of PEM files.</summary>
sealed class CertificateFolder(string folder, TimeProvider time)
{
    static readonly TimeSpan _renewBefore = TimeSpan.FromDays(30);

    public string Pem(string name) => File.ReadAllText(CertificatePath(name));

    public X509Certificate2 LoadOrMake(string name, X509Certificate2? issuer, Func<X509Certificate2?, (CertificateRequest Request, ECDsa Key)> request, int years,
        Func<X509Certificate2, bool>? valid = null)
    {
        if (File.Exists(CertificatePath(name)) && File.Exists(KeyPath(name)))
        {
            var certificate = X509Certificate2.CreateFromPemFile(CertificatePath(name), KeyPath(name));
            if (certificate.NotAfter > time.GetUtcNow().UtcDateTime + _renewBefore && (issuer is null || certificate.Issuer == issuer.Subject) && valid?.Invoke(certificate) != false)
                return certificate;
            certificate.Dispose();
        }
        return Make(name, issuer, request(issuer), years);
    }

    X509Certificate2 Make(string name, X509Certificate2? issuer, (CertificateRequest Request, ECDsa Key) made, int years)
    {
        using var key = made.Key;
        // A day back: a device whose clock is a little behind must not find it not yet valid.
        var from = time.GetUtcNow().AddDays(-1);
        var until = from.AddYears(years);
        if (issuer is not null)
            made.Request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, true, false));
        using var certificate = issuer is null
            ? made.Request.CreateSelfSigned(from, until)
            : made.Request.Create(issuer, from, until < issuer.NotAfter ? until : issuer.NotAfter, RandomNumberGenerator.GetBytes(16));
        AtomicFile.Write(KeyPath(name), key.ExportPkcs8PrivateKeyPem() + "\n", secret: true);
        AtomicFile.Write(CertificatePath(name), certificate.ExportCertificatePem() + "\n");
        return X509Certificate2.CreateFromPemFile(CertificatePath(name), KeyPath(name));
    }

    string CertificatePath(string name) => Path.Combine(folder, name + ".cert.pem");

    string KeyPath(string name) => Path.Combine(folder, name + ".key.pem");
}
