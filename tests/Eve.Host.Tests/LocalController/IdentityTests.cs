using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Eve.Api.Certs;
using NUnit.Framework;

namespace Eve.Tests.Controller;

public class IdentityTests
{
    TestController _controller = null!;

    [SetUp]
    public async Task SetUp() => _controller = await TestController.StartAsync(options => options with { Names = ["localhost", "controller.test", "192.0.2.7"] });

    [TearDown]
    public async Task TearDown() => await _controller.DisposeAsync();

    [Test]
    public async Task One_certificate_signs_one_encrypts_and_both_lead_to_the_root()
    {
        using var device = _controller.NewDevice();
        var certificates = (await device.CertificatesAsync()).Certs;
        var intermediates = certificates.Where(cert => cert.Type == ZCertType.CertTypeControllerIntermediate).ToArray();
        var leaves = certificates.Except(intermediates).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(leaves.Select(cert => cert.Type), Is.EquivalentTo(new[] { ZCertType.CertTypeControllerSigning, ZCertType.CertTypeControllerEcdhExchange }));
            Assert.That(leaves.Select(leaf => device.Trusts(leaf, intermediates)), Is.All.True);
            Assert.That(leaves.Select(leaf => device.Trusts(leaf, [])), Is.All.False);
            foreach (var cert in certificates)
                Assert.That(cert.CertHash.ToByteArray(), Is.EqualTo(SHA256.HashData(cert.Cert.Span)[..16]));
        });
    }

    [Test]
    public async Task The_devices_files_name_the_server_and_its_root()
    {
        var server = await File.ReadAllTextAsync(Path.Combine(_controller.ConfigFolder, "server"));
        Assert.Multiple(() =>
        {
            Assert.That(server.Trim(), Is.EqualTo(_controller.Controller.Server).And.StartsWith("localhost:"));
            foreach (var name in new[] { "root-certificate.pem", "v2tlsbaseroot-certificates.pem", "onboard.cert.pem", "onboard.key.pem" })
                Assert.That(Path.Combine(_controller.ConfigFolder, name), Does.Exist);
            Assert.That(File.GetUnixFileMode(Path.Combine(_controller.ConfigFolder, "onboard.key.pem")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        });
    }

    [TestCase("localhost", true)]
    [TestCase("127.0.0.1", true)]
    [TestCase("controller.test", true)]
    [TestCase("192.0.2.7", true)]
    [TestCase("other.test", false)]
    public async Task The_tls_certificate_holds_for_the_given_names(string name, bool expected)
    {
        var error = await HandshakeAsync(name, SslProtocols.None);
        Assert.That(error, expected ? Is.Null : Is.Not.Null);
    }

    [TestCase(SslProtocols.Tls12)]
    [TestCase(SslProtocols.Tls13)]
    public async Task Present_versions_of_tls_are_spoken(SslProtocols protocol) => Assert.That(await HandshakeAsync("localhost", protocol), Is.Null);

    [Test]
#pragma warning disable SYSLIB0039, CA5397 // that the old version is refused is what is tested
    public async Task Old_versions_of_tls_are_refused() => Assert.That(await HandshakeAsync("localhost", SslProtocols.Tls11), Is.Not.Null);
#pragma warning restore SYSLIB0039, CA5397

    async Task<string?> HandshakeAsync(string name, SslProtocols protocols)
    {
        using var root = X509Certificate2.CreateFromPem(_controller.RootPem);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _controller.Controller.ApiUrl.Port);
        await using var tls = new SslStream(client.GetStream());
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = name,
                EnabledSslProtocols = protocols,
                CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { root } },
            });
            return null;
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return e.Message;
        }
    }
}
