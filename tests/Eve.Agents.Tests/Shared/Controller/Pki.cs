using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Eve.Api.Auth;
using Eve.Api.Certs;
using Google.Protobuf;
using HashAlgorithm = Eve.Api.Common.HashAlgorithm;

namespace Eve.Tests.Shared.Controller;

/// <summary>A certificate with its key.</summary>
internal sealed record Certified(X509Certificate2 Certificate, ECDsa Key)
{
    public string Pem => Certificate.ExportCertificatePem();
    public byte[] PemBytes => Encoding.UTF8.GetBytes(Pem);
    public string KeyPem => Key.ExportPkcs8PrivateKeyPem();
}

/// <summary>Certificates for tests, all valid for two years around now unless said otherwise.</summary>
internal static class Pki
{
    public static readonly DateTimeOffset From = TimeProvider.System.GetUtcNow().AddYears(-1), To = From.AddYears(2);

    public static Certified Root(string name = "Test root") => SelfSigned(name, authority: true);

    public static Certified SelfSigned(string name, bool authority = false)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(name, key, authority);
        using var own = request.CreateSelfSigned(From, To);
        return new(X509CertificateLoader.LoadCertificate(own.RawData), key);
    }

    public static Certified Issue(Certified issuer, string name, bool authority = false, DateTimeOffset? from = null, DateTimeOffset? to = null, string? host = null)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(name, key, authority);
        if (host is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            if (System.Net.IPAddress.TryParse(host, out var address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(host);
            request.CertificateExtensions.Add(names.Build());
        }
        var serial = RandomNumberGenerator.GetBytes(16);
        var generator = X509SignatureGenerator.CreateForECDsa(issuer.Key);
        return new(request.Create(issuer.Certificate.SubjectName, generator, from ?? From, to ?? To, serial), key);
    }

    static CertificateRequest Request(string name, ECDsa key, bool authority)
    {
        var request = new CertificateRequest($"O=Test, CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, false, 0, true));
        return request;
    }
}

/// <summary>The controller's side of the envelope: its certificates and answers.</summary>
internal sealed class ControllerPki
{
    public Certified Root { get; } = Pki.Root();
    public Certified Signing { get; }
    public Certified Exchange { get; }

    public ControllerPki()
    {
        Signing = Pki.Issue(Root, "signing");
        Exchange = Pki.Issue(Root, "exchange");
    }

    public byte[] Certs => Message((Signing, ZCertType.CertTypeControllerSigning), (Exchange, ZCertType.CertTypeControllerEcdhExchange)).ToByteArray();

    public static ZControllerCert Message(params (Certified Certificate, ZCertType Type)[] certificates)
    {
        var message = new ZControllerCert();
        message.Certs.AddRange(certificates.Select(c => new ZCert
        {
            HashAlgo = HashAlgorithm.Sha25632Bytes,
            CertHash = ByteString.CopyFrom(SHA256.HashData(c.Certificate.PemBytes)),
            Type = c.Type,
            Cert = ByteString.CopyFrom(c.Certificate.PemBytes),
        }));
        return message;
    }

    public byte[] Seal(IMessage message) => Seal(message.ToByteArray());

    public byte[] Seal(byte[] payload, Action<AuthContainer>? change = null)
    {
        var container = new AuthContainer
        {
            ProtectedPayload = new() { Payload = ByteString.CopyFrom(payload) },
            Algo = HashAlgorithm.Sha25632Bytes,
            SenderCertHash = ByteString.CopyFrom(SHA256.HashData(Signing.PemBytes)),
            SignatureHash = ByteString.CopyFrom(Signing.Key.SignHash(SHA256.HashData(payload))),
        };
        change?.Invoke(container);
        return container.ToByteArray();
    }
}
