using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Eve.Topics;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Shared;

/// <summary>
/// Whom a TLS connection trusts: the system's roots and further ones (controller.md 1.5). A root that cannot be read vouches for nobody, and the others
/// still hold: it is named in the log, and in the error when a server is not believed.
/// </summary>
internal sealed partial class TrustedRoots
{
    const string Begin = "-----BEGIN CERTIFICATE-----";

    readonly ILogger _log;
    readonly X509ChainPolicy _policy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
    readonly List<string> _unreadable = [];

    /// <summary>The system's alone.</summary>
    public TrustedRoots(ILogger log)
    {
        _log = log;
        using var system = new X509Store(StoreName.Root, StoreLocation.LocalMachine);
        system.Open(OpenFlags.ReadOnly);
        _policy.CustomTrustStore.AddRange(system.Certificates);
    }

    /// <summary>Which further roots could not be read, and why.</summary>
    public IReadOnlyList<string> Unreadable => _unreadable;

    /// <summary>All that are trusted.</summary>
    public X509Certificate2Collection Certificates => _policy.CustomTrustStore;

    /// <summary>Adds the certificates of a file; one that is missing has none.</summary>
    public TrustedRoots AddFile(string path)
    {
        try
        {
            return File.Exists(path) ? Add(path, File.ReadAllBytes(path)) : this;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Miss(path, exception.Message);
        }
    }

    /// <summary>Adds certificates, one text each; those of a text that are good, if one is not.</summary>
    public TrustedRoots Add(string name, ValueList<Bytes> texts)
    {
        for (var i = 0; i < texts.Count; i++)
            Add($"{name}, number {i + 1}", texts[i].ToArray());
        return this;
    }

    TrustedRoots Add(string name, byte[] text)
    {
        var blocks = Encoding.UTF8.GetString(text).Split(Begin)[1..];
        if (blocks.Length == 0)
            return Miss(name, "it has no PEM certificate");
        foreach (var (block, number) in blocks.Select((b, i) => (b, i + 1)))
        {
            try
            {
                _policy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(Begin + block));
            }
            catch (CryptographicException exception)
            {
                Miss(name, $"certificate {number} of {blocks.Length}: {exception.Message}");
            }
        }
        return this;
    }

    TrustedRoots Miss(string name, string reason)
    {
        _unreadable.Add($"{name} ({reason.TrimEnd('.')})");
        Log.Unreadable(_log, name, reason);
        return this;
    }

    /// <summary>TLS that believes them.</summary>
    /// <param name="place">Where a root is put that is missing, for the error.</param>
    public SslClientAuthenticationOptions Options(string place) => new()
    {
        CertificateChainPolicy = _policy,
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            SendFailure.Judge(certificate, chain?.ChainStatus.Select(s => s.Status) ?? [], errors, place, _unreadable) is { } refusal ? throw refusal : true,
    };

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A root certificate cannot be read, and vouches for nobody: {Name}: {Reason}")]
        public static partial void Unreadable(ILogger log, string name, string reason);
    }
}
