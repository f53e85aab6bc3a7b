using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Eve.Agents.Shared;
using Eve.Agents.Tpmmgr;
using Eve.Platform;
using Eve.Testing;
using Eve.Tests.Platform;
using Eve.Topics;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests.Tpmmgr;

public class DeviceCertificatesTests
{
    static readonly DateTimeOffset s_now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    TemporaryFolder _folder = null!;
    EvePaths _paths = null!;
    DeviceCertificates _certificates = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new();
        _paths = new(_folder.Root);
        _certificates = new(_paths, MachineFiles.Instance, new FakeTimeProvider(s_now));
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    string Config(string name) => Path.Combine(_paths.Config, name);
    string Certs(string name) => Path.Combine(_paths.Certs, name);

    static X509Certificate2 Load(string file) => X509Certificate2.CreateFromPem(File.ReadAllText(file));

    [Test]
    public void The_device_certificate_says_what_EVE_says()
    {
        Assert.That(_certificates.EnsureDevice());
        using var certificate = Load(Config("device.cert.pem"));

        Assert.That(certificate.SubjectName.EnumerateRelativeDistinguishedNames().Select(n => n.GetSingleElementValue()), Is.EquivalentTo(new[] { "The Linux Foundation", "EVE" }));
        Assert.That(certificate.Issuer, Is.EqualTo(certificate.Subject));
        Assert.That(certificate.NotBefore.ToUniversalTime(), Is.EqualTo(s_now.AddDays(-1).UtcDateTime));
        Assert.That(certificate.NotAfter.ToUniversalTime(), Is.EqualTo(s_now.AddYears(20).UtcDateTime));
        Assert.That(certificate.SerialNumberBytes.Length, Is.EqualTo(16));
        Assert.That(certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
        Assert.That(certificate.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages, Is.EqualTo(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign));
        Assert.That(certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages, Has.Count.EqualTo(2));
        Assert.That(new DeviceIdentities(_paths, MachineFiles.Instance).Device().Certificate.Thumbprint, Is.EqualTo(certificate.Thumbprint));
    }

    [Test]
    public void The_key_is_pkcs8_and_for_its_owner_only()
    {
        _certificates.EnsureDevice();
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(Config("device.key.pem")));

        Assert.That(File.GetUnixFileMode(Config("device.key.pem")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void What_is_there_is_kept()
    {
        _certificates.EnsureDevice();
        _certificates.EnsureSigned();
        var before = Directory.GetFiles(_folder.Root, "*.pem", SearchOption.AllDirectories).ToDictionary(f => f, File.ReadAllText);

        Assert.That((_certificates.EnsureDevice(), _certificates.EnsureSigned()), Is.EqualTo((false, 0)));
        Assert.That(before, Has.Count.EqualTo(6));
        Assert.That(before.All(f => File.ReadAllText(f.Key) == f.Value));
    }

    [Test]
    public void A_kill_between_key_and_certificate_costs_nothing()
    {
        _certificates.EnsureDevice();
        var key = File.ReadAllText(Config("device.key.pem"));
        File.Delete(Config("device.cert.pem"));

        Assert.That(_certificates.EnsureDevice());
        Assert.That(File.ReadAllText(Config("device.key.pem")), Is.EqualTo(key));
        Assert.That(() => new DeviceIdentities(_paths, MachineFiles.Instance).Device(), Throws.Nothing);
    }

    [Test]
    public void A_clock_in_1970_makes_no_certificate()
    {
        var early = new DeviceCertificates(_paths, MachineFiles.Instance, new FakeTimeProvider(DateTimeOffset.UnixEpoch));

        Assert.That(early.EnsureDevice, Throws.TypeOf<EveException>().With.Message.Contains("clock"));
        Assert.That(File.Exists(Config("device.cert.pem")), Is.False);
    }

    [TestCase("ecdh", "Device ECDH certificate")]
    [TestCase("attest", "Device Attestation certificate")]
    public void The_other_certificates_are_signed_by_the_device(string name, string commonName)
    {
        _certificates.EnsureDevice();
        Assert.That(_certificates.EnsureSigned(), Is.EqualTo(2));
        using var device = Load(Config("device.cert.pem"));
        using var certificate = Load(Certs(name + ".cert.pem"));
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        chain.ChainPolicy.CustomTrustStore.Add(device);

        Assert.That(chain.Build(certificate), string.Join(", ", chain.ChainStatus.Select(s => s.StatusInformation)));
        Assert.That(certificate.GetNameInfo(X509NameType.SimpleName, false), Is.EqualTo(commonName));
        Assert.That((certificate.NotBefore, certificate.NotAfter), Is.EqualTo((device.NotBefore, device.NotAfter)));
        Assert.That(certificate.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages, Is.EqualTo(X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DigitalSignature));
        Assert.That(certificate.SubjectName.EnumerateRelativeDistinguishedNames().Select(n => n.GetSingleElementValue()),
            Is.EquivalentTo(new[] { "US", "CA", "San Francisco", "The Linux Foundation", commonName }));
        Assert.That(() => DeviceIdentity.FromPem(File.ReadAllBytes(Certs(name + ".cert.pem")), File.ReadAllText(Certs(name + ".key.pem"))), Throws.Nothing);
    }

    [Test]
    public async Task Tpmmgr_publishes_the_certificates_once_the_device_is_onboarded()
    {
        await using var device = new TestDevice(_paths, new FakeTimeProvider(s_now), null, AgentNames.Tpmmgr, AgentNames.Zedclient);
        _certificates.EnsureDevice();
        device.Start(AgentNames.Tpmmgr, new TpmmgrAgent(_certificates));
        await device.SettleAsync();
        Assert.That(device.ReadAll(TpmmgrTopics.EdgeNodeCert), Is.Empty);

        device.Publish(ZedclientTopics.OnboardingStatus, new OnboardingStatus(Guid.NewGuid()));
        await device.SettleAsync();

        var ecdh = File.ReadAllBytes(Certs("ecdh.cert.pem"));
        var published = device.Read(TpmmgrTopics.EdgeNodeCert, Convert.ToHexStringLower(SHA256.HashData(ecdh)[..16]));
        Assert.That(published, Is.EqualTo(new EdgeNodeCert(CertHashType.Sha256First16, SHA256.HashData(ecdh)[..16], CertType.EcdhXchange, ecdh)));
        Assert.That(device.ReadAll(TpmmgrTopics.EdgeNodeCert).Values.Select(c => c.CertType), Is.EquivalentTo(new[] { CertType.EcdhXchange, CertType.RestrictSigning }));
        Assert.That(device.IsReady(TpmmgrTopics.EdgeNodeCert));
    }

    [Test]
    public async Task Tpmmgr_tries_again_when_there_is_no_device_key_yet()
    {
        var time = new FakeTimeProvider(s_now);
        await using var device = new TestDevice(_paths, time, null, AgentNames.Tpmmgr, AgentNames.Zedclient);
        device.Publish(ZedclientTopics.OnboardingStatus, new OnboardingStatus(Guid.NewGuid()));
        device.Start(AgentNames.Tpmmgr, new TpmmgrAgent(_certificates));
        await device.SettleAsync();
        Assert.That(device.IsReady(TpmmgrTopics.EdgeNodeCert), Is.False);

        _certificates.EnsureDevice();
        time.Advance(TimeSpan.FromMinutes(1));
        await device.SettleAsync();

        Assert.That(device.ReadAll(TpmmgrTopics.EdgeNodeCert), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_nonce_gets_an_empty_quote_that_goes_with_it()
    {
        await using var device = new TestDevice(_paths, new FakeTimeProvider(s_now), null, AgentNames.Tpmmgr, AgentNames.Zedclient, AgentNames.Zedagent);
        _certificates.EnsureDevice();
        device.Publish(ZedagentTopics.ConfigItemValueMap, "global", new ConfigItemValueMap());
        device.Publish(ZedclientTopics.OnboardingStatus, new OnboardingStatus(Guid.NewGuid()));
        var (early, late) = (new AttestNonce(new byte[16]), new AttestNonce(new byte[] { 1, 2, 3 }));
        device.Publish(ZedagentTopics.AttestNonce, early);
        device.Start(AgentNames.Tpmmgr, new TpmmgrAgent(_certificates));
        await device.SettleAsync();
        device.Publish(ZedagentTopics.AttestNonce, late);
        device.Remove(ZedagentTopics.AttestNonce, early.Key);
        await device.SettleAsync();

        Assert.That(device.ReadAll(TpmmgrTopics.AttestQuote).Values, Is.EqualTo(new[] { new AttestQuote(late.Nonce) }));
    }
}
