using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Eve.Api.Auth;
using Eve.Api.Certs;
using Eve.Api.Register;
using Eve.Api.Uuid;
using Google.Protobuf;
using NUnit.Framework;
using HashAlgorithm = Eve.Api.Common.HashAlgorithm;

namespace Eve.Tests.Controller;

/// <summary>
/// The device's side of the API, written from the table and sharing nothing with the controller's:
/// so both are held against the table, not against each other.
/// </summary>
sealed class DeviceClient : IDisposable
{
    public const string MediaType = "application/x-proto-binary";

    readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    readonly ECDsa _onboardingKey = ECDsa.Create();
    readonly X509Certificate2 _onboarding;
    readonly X509Certificate2 _root;
    readonly string _onboardingPem;
    readonly HttpClient _http;

    public DeviceClient(Uri url, string configFolder, string rootPem)
    {
        _onboardingPem = File.ReadAllText(Path.Combine(configFolder, "onboard.cert.pem"));
        _onboarding = X509Certificate2.CreateFromPem(_onboardingPem);
        _onboardingKey.ImportFromPem(File.ReadAllText(Path.Combine(configFolder, "onboard.key.pem")));
        _root = X509Certificate2.CreateFromPem(rootPem);
        Certificate = new CertificateRequest("CN=device", _key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(40), DateTimeOffset.UnixEpoch.AddYears(90));
        var chain = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { _root } };
        _http = new HttpClient(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = chain } })
        {
            BaseAddress = new Uri(url, "api/v2/edgedevice/"),
        };
    }

    public X509Certificate2 Certificate { get; }

    public Guid Uuid { get; private set; }

    /// <summary>certs, register, uuid.</summary>
    public async Task OnboardAsync(string serial = "serial-1")
    {
        Assert.That(await RegisterAsync(serial), Is.EqualTo(HttpStatusCode.Created));
        Uuid = Guid.Parse((await AskAsync("uuid", new UuidRequest(), UuidResponse.Parser)).Uuid);
    }

    public async Task<HttpStatusCode> RegisterAsync(string serial, Action<AuthContainer>? tamper = null, Action<ZRegisterMsg>? change = null)
    {
        var message = new ZRegisterMsg { Serial = serial, PemCert = Wrap(Certificate.ExportCertificatePem()) };
        change?.Invoke(message);
        var container = Sign(message.ToByteArray(), _onboardingKey, _onboarding);
        container.SenderCert = Wrap(_onboardingPem);
        tamper?.Invoke(container);
        return (await PostAsync("register", container.ToByteArray())).StatusCode;
    }

    /// <summary>The request of a device; <paramref name="tamper"/> spoils the envelope after it was signed.</summary>
    public AuthContainer Sign(byte[] payload, Action<AuthContainer>? tamper = null)
    {
        var container = Sign(payload, _key, Certificate);
        tamper?.Invoke(container);
        return container;
    }

    public string PathOf(string endpoint) => $"id/{Uuid}/{endpoint}";

    public async Task<HttpResponseMessage> SendAsync(string path, IMessage message, Action<AuthContainer>? tamper = null) =>
        await PostAsync(path, Sign(message.ToByteArray(), tamper).ToByteArray());

    public async Task<HttpResponseMessage> SendAsync(string path, byte[] payload) => await PostAsync(path, Sign(payload).ToByteArray());

    public async Task<T> AskAsync<T>(string path, IMessage message, MessageParser<T> parser) where T : IMessage<T>
    {
        using var response = await SendAsync(path, message);
        Assert.That((int)response.StatusCode, Is.AnyOf(200, 201), path);
        return parser.ParseFrom(await OpenAsync(response));
    }

    public async Task<HttpResponseMessage> PostAsync(string path, byte[] body, string? mediaType = MediaType)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = mediaType is null ? null : MediaTypeHeaderValue.Parse(mediaType);
        return await _http.PostAsync(path, content);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path);

    /// <summary>Opens an answer as controller.md 1.3 and 1.4 say: the certificates up to the root, the hash over the PEM, then the signature.</summary>
    public async Task<byte[]> OpenAsync(HttpResponseMessage response)
    {
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo(MediaType));
        var container = AuthContainer.Parser.ParseFrom(await response.Content.ReadAsByteArrayAsync());
        var certificates = await CertificatesAsync();
        var signing = certificates.Certs.Single(cert => cert.Type == ZCertType.CertTypeControllerSigning);
        Assert.Multiple(() =>
        {
            Assert.That(container.Algo, Is.EqualTo(HashAlgorithm.Sha25632Bytes));
            Assert.That(container.SenderCertHash.ToByteArray(), Is.EqualTo(SHA256.HashData(signing.Cert.Span)));
            Assert.That(container.SignatureHash, Has.Length.EqualTo(64));
        });
        using var certificate = X509Certificate2.CreateFromPem(signing.Cert.ToStringUtf8());
        using var key = certificate.GetECDsaPublicKey()!;
        var payload = container.ProtectedPayload.Payload.ToByteArray();
        if (!key.VerifyHash(SHA256.HashData(payload), container.SignatureHash.Span))
            throw new CryptographicException("the controller's signature is wrong");
        return payload;
    }

    public async Task<ZControllerCert> CertificatesAsync()
    {
        var container = AuthContainer.Parser.ParseFrom(await _http.GetByteArrayAsync("certs"));
        return ZControllerCert.Parser.ParseFrom(container.ProtectedPayload.Payload);
    }

    /// <summary>Whether a certificate of the controller leads to the root this device trusts.</summary>
    public bool Trusts(ZCert cert, IEnumerable<ZCert> intermediates)
    {
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        chain.ChainPolicy.CustomTrustStore.Add(_root);
        chain.ChainPolicy.ExtraStore.AddRange(intermediates.Select(other => X509Certificate2.CreateFromPem(other.Cert.ToStringUtf8())).ToArray());
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        using var certificate = X509Certificate2.CreateFromPem(cert.Cert.ToStringUtf8());
        return chain.Build(certificate);
    }

    public void Dispose()
    {
        _http.Dispose();
        _key.Dispose();
        _onboardingKey.Dispose();
        _onboarding.Dispose();
        _root.Dispose();
        Certificate.Dispose();
    }

    static AuthContainer Sign(byte[] payload, ECDsa key, X509Certificate2 certificate) => new()
    {
        ProtectedPayload = new AuthBody { Payload = ByteString.CopyFrom(payload) },
        Algo = HashAlgorithm.Sha25632Bytes,
        SenderCertHash = ByteString.CopyFrom(SHA256.HashData(certificate.RawData)),
        SignatureHash = ByteString.CopyFrom(key.SignHash(SHA256.HashData(payload))),
    };

    static ByteString Wrap(string pem) => ByteString.CopyFromUtf8(Convert.ToBase64String(Encoding.UTF8.GetBytes(pem)));
}
