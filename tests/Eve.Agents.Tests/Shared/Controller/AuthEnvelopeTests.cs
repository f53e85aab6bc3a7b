using System.Security.Cryptography;
using System.Text;
using Eve.Agents.Shared;
using Eve.Api.Auth;
using Google.Protobuf;
using NUnit.Framework;
using HashAlgorithm = Eve.Api.Common.HashAlgorithm;

namespace Eve.Tests.Shared.Controller;

public class AuthEnvelopeTests
{
    static readonly ControllerPki s_controller = new();
    static readonly EnvelopeSigner[] s_signers = [EnvelopeSigner.FromPem(s_controller.Signing.PemBytes)];
    static readonly byte[] s_payload = "a payload"u8.ToArray();

    static SenderStatus Open(Action<AuthContainer> change) => AuthEnvelope.Open(s_controller.Seal(s_payload, change), s_signers).Status;

    [Test]
    public void A_device_names_its_certificate_by_the_hash_of_its_DER_and_signs_the_payload()
    {
        var device = Pki.SelfSigned("device");
        var container = AuthContainer.Parser.ParseFrom(AuthEnvelope.Seal(s_payload, DeviceIdentity.FromPem(device.PemBytes, device.KeyPem)));

        Assert.That(container.ProtectedPayload.Payload.ToByteArray(), Is.EqualTo(s_payload));
        Assert.That(container.Algo, Is.EqualTo(HashAlgorithm.Sha25632Bytes));
        Assert.That(container.SenderCertHash.ToByteArray(), Is.EqualTo(SHA256.HashData(device.Certificate.RawData)));
        Assert.That(container.SignatureHash, Has.Length.EqualTo(64));
        Assert.That(device.Key.VerifyHash(SHA256.HashData(s_payload), container.SignatureHash.ToByteArray()));
        Assert.That(container.SenderCert.IsEmpty);
    }

    [Test]
    public void The_onboarding_certificate_travels_as_base64_of_its_file()
    {
        var onboarding = Pki.SelfSigned("onboarding");
        var sealed_ = AuthEnvelope.Seal([], DeviceIdentity.FromPem(onboarding.PemBytes, onboarding.KeyPem), showCertificate: true);

        Assert.That(AuthContainer.Parser.ParseFrom(sealed_).SenderCert.ToStringUtf8(), Is.EqualTo(Convert.ToBase64String(onboarding.PemBytes)));
    }

    [Test]
    public void A_good_envelope_opens()
    {
        var opened = AuthEnvelope.Open(s_controller.Seal(s_payload), s_signers);

        Assert.That((opened.Status, opened.Payload), Is.EqualTo((SenderStatus.None, s_payload)));
    }

    [Test]
    public void A_hash_of_16_bytes_is_known_too() =>
        Assert.That(Open(c => (c.Algo, c.SenderCertHash) = (HashAlgorithm.Sha25616Bytes, ByteString.CopyFrom(c.SenderCertHash.Span[..16]))), Is.EqualTo(SenderStatus.None));

    [Test]
    public void Every_fault_has_its_name()
    {
        Assert.That(Open(c => c.SenderCertHash = ByteString.CopyFrom(new byte[20])), Is.EqualTo(SenderStatus.HashSizeError));
        Assert.That(Open(c => c.SenderCertHash = ByteString.Empty), Is.EqualTo(SenderStatus.HashSizeError));
        Assert.That(Open(c => c.Algo = HashAlgorithm.Invalid), Is.EqualTo(SenderStatus.AlgoFail));
        Assert.That(Open(c => c.SenderCertHash = ByteString.CopyFrom(new byte[32])), Is.EqualTo(SenderStatus.CertMiss));
        Assert.That(Open(c => c.SignatureHash = ByteString.CopyFrom(new byte[64])), Is.EqualTo(SenderStatus.SignVerifyFail));
        Assert.That(Open(c => c.SignatureHash = ByteString.Empty), Is.EqualTo(SenderStatus.SignVerifyFail));
        Assert.That(Open(c => c.ProtectedPayload.Payload = ByteString.CopyFromUtf8("another")), Is.EqualTo(SenderStatus.SignVerifyFail));
        Assert.That(Open(c => c.ProtectedPayload = null), Is.EqualTo(SenderStatus.Failed));
    }

    [TestCase("")]
    [TestCase("<html>")]
    public void What_is_no_envelope_is_refused(string text)
    {
        var opened = AuthEnvelope.Open(Encoding.UTF8.GetBytes(text), s_signers);

        Assert.That((opened.Status, opened.Payload.Length), Is.EqualTo((SenderStatus.Failed, 0)));
        Assert.That(opened.Error, Does.Contain("envelope"));
    }

    [Test]
    public void A_controller_with_an_RSA_key_is_understood()
    {
        using var rsa = RSA.Create(2048);
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=rsa", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(Pki.From, Pki.To);
        var pem = Encoding.UTF8.GetBytes(certificate.ExportCertificatePem());
        var envelope = s_controller.Seal(s_payload, c =>
        {
            c.SenderCertHash = ByteString.CopyFrom(SHA256.HashData(pem));
            c.SignatureHash = ByteString.CopyFrom(rsa.SignData(s_payload, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        });

        Assert.That(AuthEnvelope.Open(envelope, [EnvelopeSigner.FromPem(pem)]).Status, Is.EqualTo(SenderStatus.None));
    }

    [Test]
    public void The_signer_before_the_present_one_is_still_believed()
    {
        var later = EnvelopeSigner.FromPem(Pki.SelfSigned("later").PemBytes);

        Assert.That(AuthEnvelope.Open(s_controller.Seal(s_payload), [later, .. s_signers]).Status, Is.EqualTo(SenderStatus.None));
    }

    [Test]
    public void Unchecked_takes_any_signature() =>
        Assert.That(AuthEnvelope.OpenUnchecked(s_controller.Seal(s_payload, c => c.SignatureHash = ByteString.Empty)).Payload, Is.EqualTo(s_payload));
}

public class PrivateKeyPemTests
{
    readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    void IsRead(string pem) => Assert.That(PrivateKeyPem.Read(pem).ExportSubjectPublicKeyInfo(), Is.EqualTo(_key.ExportSubjectPublicKeyInfo()));

    [Test]
    public void Pkcs8_is_read() => IsRead(_key.ExportPkcs8PrivateKeyPem());

    [Test]
    public void Sec1_is_read_under_either_label()
    {
        IsRead(_key.ExportECPrivateKeyPem());
        IsRead(_key.ExportECPrivateKeyPem().Replace("EC PRIVATE", "PRIVATE", StringComparison.Ordinal));
    }

    [Test]
    public void Blocks_before_the_key_are_skipped() => IsRead("-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + _key.ExportECPrivateKeyPem());

    [Test]
    public void No_key_and_a_foreign_key_are_refused()
    {
        Assert.That(() => PrivateKeyPem.Read("nothing"), Throws.InstanceOf<CryptographicException>());
        Assert.That(() => DeviceIdentity.FromPem(Pki.SelfSigned("device").PemBytes, _key.ExportPkcs8PrivateKeyPem()), Throws.InstanceOf<CryptographicException>());
    }

    [OneTimeTearDown]
    public void TearDown() => _key.Dispose();
}
