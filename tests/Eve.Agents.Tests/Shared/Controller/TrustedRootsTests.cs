using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Eve.Agents.Shared;
using Eve.Tests.Platform;
using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests.Shared.Controller;

public class TrustedRootsTests
{
    static readonly Certified s_one = Pki.Root("one"), s_two = Pki.Root("two");

    readonly TemporaryFolder _folder = new();
    RecordingLog _log = null!;

    [SetUp]
    public void SetUp() => _log = new();

    [OneTimeTearDown]
    public void TearDown() => _folder.Dispose();

    TrustedRoots New() => new(_log);

    static string[] Names(TrustedRoots roots) => [.. roots.Certificates.Select(c => c.Thumbprint).Order()];

    // What is trusted besides the system's roots.
    static string[] Further(TrustedRoots roots)
    {
        using var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine);
        store.Open(OpenFlags.ReadOnly);
        return [.. roots.Certificates.Select(c => c.Thumbprint).Except(store.Certificates.Select(c => c.Thumbprint)).Order()];
    }

    static string[] Thumbprints(params Certified[] roots) => [.. roots.Select(r => r.Certificate.Thumbprint).Order()];

    string Write(string name, string text)
    {
        var path = Path.Combine(_folder.Root, name);
        File.WriteAllText(path, text);
        return path;
    }

    [Test]
    public void Without_further_ones_the_systems_roots_are_trusted_and_no_others()
    {
        using var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine);
        store.Open(OpenFlags.ReadOnly);
        var roots = New().AddFile(Path.Combine(_folder.Root, "missing")).Add("none", []);
        Assert.That(Names(roots), Is.EqualTo(store.Certificates.Select(c => c.Thumbprint).Order()));
        Assert.That(roots.Unreadable, Is.Empty);
        Assert.That(_log.Lines, Is.Empty);
    }

    [Test]
    public void Files_and_texts_add_all_their_certificates_whatever_stands_around_them()
    {
        var three = Pki.Root("three");
        var roots = New().AddFile(Write("two.pem", $"# ours\n{s_one.Pem}\r\n\n{s_two.Pem}\n")).Add("texts", [new(three.PemBytes)]);
        Assert.That(Further(roots), Is.EqualTo(Thumbprints(s_one, s_two, three)));
        Assert.That(roots.Unreadable, Is.Empty);
    }

    static IEnumerable<TestCaseData> Broken()
    {
        yield return new TestCaseData("").SetArgDisplayNames("empty");
        yield return new TestCaseData("not a certificate").SetArgDisplayNames("other text");
        yield return new TestCaseData(s_two.Pem.Replace("M", "?", StringComparison.Ordinal)).SetArgDisplayNames("no base64");
        yield return new TestCaseData(s_two.Pem[..^40]).SetArgDisplayNames("cut");
        yield return new TestCaseData(PemEncoding.WriteString("CERTIFICATE", [1, 2, 3])).SetArgDisplayNames("no DER");
        yield return new TestCaseData(s_two.KeyPem).SetArgDisplayNames("a key");
    }

    [TestCaseSource(nameof(Broken))]
    public void What_cannot_be_read_is_named_and_the_others_hold(string text)
    {
        var file = Write("broken.pem", text);
        var roots = New().AddFile(file).Add("proxy certificates of port eth0", [new(s_one.PemBytes), new(Encoding.UTF8.GetBytes(text))]);

        Assert.That(Further(roots), Is.EqualTo(Thumbprints(s_one)));
        Assert.That(roots.Unreadable, Has.Count.EqualTo(2));
        Assert.That(roots.Unreadable[0], Does.StartWith(file + " ("));
        Assert.That(roots.Unreadable[1], Does.StartWith("proxy certificates of port eth0, number 2 ("));
        Assert.That(_log.Has(file) && _log.Has("proxy certificates of port eth0, number 2"), string.Join('\n', _log.Lines));
    }

    [Test]
    public void One_bad_certificate_takes_none_of_its_neighbours_along()
    {
        var roots = New().AddFile(Write("mixed.pem", s_one.Pem + "\n" + PemEncoding.WriteString("CERTIFICATE", [1, 2, 3]) + "\n" + s_two.Pem));
        Assert.That(Further(roots), Is.EqualTo(Thumbprints(s_one, s_two)));
        Assert.That(roots.Unreadable.Single(), Does.Contain("certificate 2 of 3"));
    }

    [Test]
    public void The_error_names_what_could_not_be_read_and_where_a_root_is_put()
    {
        var file = Write("cut.pem", s_one.Pem[..^40]);
        var options = New().AddFile(file).Options("the right place");
        using var chain = new X509Chain { ChainPolicy = options.CertificateChainPolicy! };
        using var server = Pki.Issue(s_one, "server").Certificate;
        chain.Build(server);

        Assert.That(() => options.RemoteCertificateValidationCallback!(this, server, chain, SslPolicyErrors.RemoteCertificateChainErrors),
            Throws.TypeOf<ServerCertificateException>().With.Message.Contains(file).And.Message.Contains("the right place"));
    }
}
