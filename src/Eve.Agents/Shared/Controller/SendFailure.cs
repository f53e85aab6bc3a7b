using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Eve.Agents.Shared;

/// <summary>The server's TLS certificate is not accepted.</summary>
internal sealed class ServerCertificateException(SenderStatus status, string message) : AuthenticationException(message)
{
    public SenderStatus Status => status;
}

/// <summary>What a failure on the way means: EVE's status, and a text for a person.</summary>
internal sealed record SendFailure(SenderStatus Status, string Error)
{
    /// <summary>From what the sockets and TLS threw.</summary>
    public static SendFailure Of(Exception failure)
    {
        for (var e = failure; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case ServerCertificateException certificate:
                    return new(certificate.Status, certificate.Message);
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return new(SenderStatus.Refused, "the connection is refused");
                case SocketException { SocketErrorCode: SocketError.AddressNotAvailable }:
                    return new(SenderStatus.Failed, "the port does not have this address any more");
                case EveException or SocketException or TimeoutException:
                    return new(SenderStatus.Failed, e.Message);
                case HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }:
                    return new(SenderStatus.Failed, "the server hung up in the middle");
            }
        }
        return new(SenderStatus.Failed, failure.GetBaseException().Message);
    }

    /// <summary>The same, when a proxy was in between.</summary>
    public SendFailure Through(Uri? proxy) => proxy is null ? this : Status switch
    {
        SenderStatus.Refused => new(SenderStatus.Failed, $"{Error} by the proxy {proxy}"),
        SenderStatus.CertUnknownAuthority => new(SenderStatus.CertUnknownAuthorityProxy, $"{Error}, or the proxy's {proxy} into the port's configuration"),
        _ => this with { Error = $"{Error}, through the proxy {proxy}" },
    };

    /// <summary>Judges the server's certificate: null if it is good.</summary>
    /// <param name="place">Where a root is put that is missing.</param>
    /// <param name="unreadable">Roots that should have counted: it may be one of them that is missing.</param>
    public static ServerCertificateException? Judge(
        X509Certificate? certificate, IEnumerable<X509ChainStatusFlags> chain, SslPolicyErrors errors, string place, IReadOnlyCollection<string> unreadable)
    {
        if (errors == SslPolicyErrors.None)
            return null;
        var name = certificate?.Subject ?? "none";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            var flags = chain.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one);
            return flags == X509ChainStatusFlags.NotTimeValid
                ? new(SenderStatus.CertInvalid, $"the server's certificate {name} holds from {certificate?.GetEffectiveDateString()} to {certificate?.GetExpirationDateString()}; is this device's clock right?")
                : new(SenderStatus.CertUnknownAuthority, $"the server's certificate {name} is not vouched for by anybody this device trusts ({flags}); "
                    + (unreadable.Count > 0 ? $"mend what cannot be read: {string.Join(", ", unreadable)}; or " : "") + $"put its root into {place}");
        }
        return new(SenderStatus.Failed, errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? $"the server's certificate {name} is for another host"
            : "the server shows no certificate");
    }
}
