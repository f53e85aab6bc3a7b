using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Eve.Api.Certs;
using Google.Protobuf;

namespace Eve.Agents.Shared;

/// <summary>The controller's certificates, proven to come from the root that this device was made for.</summary>
/// <param name="Message">All of them, as delivered: zedagent publishes one ControllerCert for each.</param>
/// <param name="Signer">The one that signs answers.</param>
internal sealed record ControllerCerts(ZControllerCert Message, EnvelopeSigner Signer)
{
    const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>The certificates' hashes in a fixed order: controllers deliver them in any.</summary>
    public ValueList<string> Hashes { get; } = [.. Message.Certs.Select(c => Convert.ToHexStringLower(c.CertHash.Span)).Order(StringComparer.Ordinal).Distinct()];

    /// <summary>Checks the payload of a certs answer (controller.md 1.4); null with the reason if it is not to be trusted.</summary>
    /// <param name="payload">A ZControllerCert.</param>
    /// <param name="roots">The content of root-certificate.pem.</param>
    /// <param name="at">The time at which the chain must hold.</param>
    /// <param name="exchange">Whether a certificate for key exchange must be among them (not in a bootstrap file).</param>
    public static (ControllerCerts? Certs, string Error) Verify(ReadOnlySpan<byte> payload, X509Certificate2Collection roots, DateTimeOffset at, bool exchange = true)
    {
        try
        {
            var message = ZControllerCert.Parser.ParseFrom(payload);
            return Verify(message, roots, at, exchange) is { Length: > 0 } error
                ? (null, error)
                : (new(message, EnvelopeSigner.FromPem(message.Certs.Single(c => c.Type == ZCertType.CertTypeControllerSigning).Cert.Span)), "");
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or CryptographicException)
        {
            return (null, $"The controller's certificates cannot be read: {e.Message}");
        }
    }

    static string Verify(ZControllerCert message, X509Certificate2Collection roots, DateTimeOffset at, bool exchange)
    {
        var byType = message.Certs.ToLookup(c => c.Type);
        var (signing, exchanging) = (byType[ZCertType.CertTypeControllerSigning].ToList(), byType[ZCertType.CertTypeControllerEcdhExchange].ToList());
        var intermediates = byType[ZCertType.CertTypeControllerIntermediate].Select(Parse).ToArray();
        if (message.Certs.Count != signing.Count + exchanging.Count + intermediates.Length)
            return "Among the controller's certificates is one of a type that has no place there.";
        if (signing.Count != 1)
            return $"The controller sent {signing.Count} signing certificates; there must be one.";
        if (exchange && exchanging.Count == 0)
            return "The controller sent no certificate for key exchange.";
        return signing.Concat(exchanging).Select(c => VerifyChain(Parse(c), intermediates, roots, at)).FirstOrDefault(e => e.Length > 0) ?? "";
    }

    static X509Certificate2 Parse(ZCert certificate) => X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(certificate.Cert.Span));

    static string VerifyChain(X509Certificate2 certificate, X509Certificate2[] intermediates, X509Certificate2Collection roots, DateTimeOffset at)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.ExtraStore.AddRange(intermediates);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new(ServerAuthentication));
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.VerificationTime = at.LocalDateTime;
        if (chain.Build(certificate))
            return "";
        var reasons = string.Join(", ", chain.ChainStatus.Select(s => s.Status).Distinct());
        return $"The controller's certificate {certificate.Subject} is not vouched for by root-certificate.pem at {at:u}: {reasons}.";
    }
}
