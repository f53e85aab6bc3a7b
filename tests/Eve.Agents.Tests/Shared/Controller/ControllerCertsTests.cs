using System.Security.Cryptography.X509Certificates;
using Eve.Agents.Shared;
using Eve.Api.Certs;
using Eve.Platform;
using Eve.Tests.Platform;
using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using static Eve.Api.Certs.ZCertType;

namespace Eve.Tests.Shared.Controller;

public class ControllerCertsTests
{
    static readonly ControllerPki s_pki = new();
    static readonly DateTimeOffset s_now = TimeProvider.System.GetUtcNow();

    static (ControllerCerts? Certs, string Error) Verify(ZControllerCert message, DateTimeOffset? at = null, bool exchange = true, params Certified[] roots)
    {
        var trusted = new X509Certificate2Collection();
        foreach (var root in roots.DefaultIfEmpty(s_pki.Root))
            trusted.Add(root.Certificate);
        return ControllerCerts.Verify(message.ToByteArray(), trusted, at ?? s_now, exchange);
    }

    static ZControllerCert Message(params (Certified Certificate, ZCertType Type)[] certificates) => ControllerPki.Message(certificates);

    [Test]
    public void A_chain_over_intermediates_is_followed()
    {
        var intermediate = Pki.Issue(s_pki.Root, "intermediate", authority: true);
        var signing = Pki.Issue(intermediate, "signing");
        var message = Message((s_pki.Exchange, CertTypeControllerEcdhExchange), (intermediate, CertTypeControllerIntermediate), (signing, CertTypeControllerSigning));

        Assert.That(Verify(message).Error, Is.Empty);
        Assert.That(Verify(message).Certs!.Signer.Certificate.Thumbprint, Is.EqualTo(signing.Certificate.Thumbprint));
        message.Certs.RemoveAt(1);
        Assert.That(Verify(message).Error, Does.Contain("not vouched for"));
    }

    [Test]
    public void One_of_several_roots_is_enough() =>
        Assert.That(Verify(Message((s_pki.Signing, CertTypeControllerSigning), (s_pki.Exchange, CertTypeControllerEcdhExchange)), roots: [Pki.Root("another"), s_pki.Root]).Error, Is.Empty);

    [Test]
    public void The_wrong_set_is_refused()
    {
        var (signing, exchange) = ((s_pki.Signing, CertTypeControllerSigning), (s_pki.Exchange, CertTypeControllerEcdhExchange));

        Assert.That(Verify(Message(signing)).Error, Does.Contain("exchange"));
        Assert.That(Verify(Message(signing), exchange: false).Error, Is.Empty);
        Assert.That(Verify(Message(exchange)).Error, Does.Contain("0 signing"));
        Assert.That(Verify(Message(signing, signing, exchange)).Error, Does.Contain("2 signing"));
        Assert.That(Verify(Message(signing, exchange, (s_pki.Root, CertTypeDeviceOnboarding))).Error, Does.Contain("type"));
        Assert.That(Verify(Message(signing, exchange), roots: [Pki.Root("stranger")]).Error, Does.Contain("not vouched for"));
        Assert.That(Verify(Message(signing, exchange), s_now.AddYears(3)).Error, Does.Contain("NotTimeValid"));
        Assert.That(ControllerCerts.Verify([1, 2, 3], [], s_now).Error, Does.Contain("cannot be read"));
    }
}

public class ControllerCertStoreTests
{
    FakeTimeProvider _time = null!;
    TemporaryFolder _folder = null!;
    EvePaths _paths = null!;
    ControllerPki _pki = null!;

    [SetUp]
    public void SetUp()
    {
        (_folder, _pki, _time) = (new(), new(), new(TimeProvider.System.GetUtcNow()));
        _paths = new(_folder.Root);
        Directory.CreateDirectory(_paths.Config);
        File.WriteAllText(Path.Combine(_paths.Config, "root-certificate.pem"), _pki.Root.Pem);
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    ControllerCertStore Store() => new(_paths, MachineFiles.Instance, _time);
    string Checkpoint => Path.Combine(_paths.Checkpoint, "controllercerts");

    byte[] Newer()
    {
        var signing = Pki.Issue(_pki.Root, "newer");
        return ControllerPki.Message((signing, CertTypeControllerSigning), (_pki.Exchange, CertTypeControllerEcdhExchange)).ToByteArray();
    }

    [Test]
    public void The_same_set_in_another_order_is_not_saved_again()
    {
        var store = Store();
        Assert.That(store.Accept(_pki.Certs), Has.Property("Changed").True);
        var turned = ControllerPki.Message((_pki.Exchange, CertTypeControllerEcdhExchange), (_pki.Signing, CertTypeControllerSigning)).ToByteArray();

        Assert.That(store.Accept(turned), Has.Property("Changed").False.And.Property("Certs").Not.Null);
        Assert.That(File.ReadAllBytes(Checkpoint), Is.EqualTo(_pki.Certs));
        Assert.That(File.ReadAllBytes(Checkpoint + ".bak"), Is.EqualTo(_pki.Certs));
    }

    [Test]
    public void A_new_set_takes_over_and_the_old_signer_is_still_believed()
    {
        var (store, reader, newer) = (Store(), Store(), Newer());
        store.Accept(_pki.Certs);
        Assert.That(reader.Current().Certs!.Hashes, Is.EqualTo(store.Current().Certs!.Hashes));
        var verdict = store.Accept(newer);

        Assert.That((verdict.Changed, verdict.Error), Is.EqualTo((true, "")));
        Assert.That(File.ReadAllBytes(Checkpoint + ".bak"), Is.EqualTo(_pki.Certs));
        Assert.That(reader.Current().Certs!.Hashes, Is.EqualTo(verdict.Certs!.Hashes));
        Assert.That(AuthEnvelope.Open(_pki.Seal([1]), reader.Signers()).Status, Is.EqualTo(SenderStatus.None));
    }

    [Test]
    public void What_is_not_vouched_for_changes_nothing()
    {
        var store = Store();
        store.Accept(_pki.Certs);
        var verdict = store.Accept(new ControllerPki().Certs);

        Assert.That(verdict.Certs, Is.Null);
        Assert.That(verdict.Error, Does.Contain("not vouched for"));
        Assert.That(File.ReadAllBytes(Checkpoint), Is.EqualTo(_pki.Certs));
    }

    [Test]
    public void Saved_certificates_hold_whatever_the_clock_says()
    {
        Store().Accept(_pki.Certs);
        _time.Advance(TimeSpan.FromDays(10_000));
        Assert.That(Store().Current().Certs, Is.Not.Null);
        Assert.That(Store().Accept(_pki.Certs).Certs, Is.Null);
    }

    [Test]
    public void Certificates_that_cannot_be_saved_are_used_all_the_same()
    {
        Directory.CreateDirectory(_paths.Persist);
        File.WriteAllText(_paths.Checkpoint, "not a folder");
        var store = Store();
        var verdict = store.Accept(_pki.Certs);

        Assert.That(verdict.Certs, Is.Not.Null);
        Assert.That(verdict.Error, Does.Contain("not saved"));
        Assert.That(store.Current().Certs, Is.Not.Null);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_torn_file_is_healed_from_its_backup_but_a_foreign_one_is_not(bool torn)
    {
        Store().Accept(_pki.Certs);
        File.WriteAllBytes(Checkpoint, torn ? [0xff, 0x01] : new ControllerPki().Certs);

        Assert.That(Store().Current().Certs, torn ? Is.Not.Null : Is.Null);
    }

    [Test]
    public void Without_a_root_nothing_is_believed()
    {
        File.Delete(Path.Combine(_paths.Config, "root-certificate.pem"));

        Assert.That(Store().Accept(_pki.Certs).Error, Does.Contain("root-certificate.pem"));
        Assert.That(Store().Current().Error, Does.Contain("controllercerts"));
    }
}
