using System.Text;
using Eve.Agents.Downloader;
using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests.Downloader;

public class SourcesTests
{
    static readonly Guid s_id = new("dddddddd-0000-0000-0000-000000000001");

    [TestCase("https://images.example", "", "one", "https://images.example/one")]
    [TestCase("https://images.example/", "/a/b/", "/c/one", "https://images.example/a/b/c/one")]
    [TestCase("http://images.example:8080", "a", "one?sig=x%2Fy&se=1", "http://images.example:8080/a/one?sig=x%2Fy&se=1")]
    [TestCase("https://images.example", "a", "100% of #1", "https://images.example/a/100%25%20of%20%231")]
    [TestCase("images.example", "a", "one", "https://images.example/a/one")]
    public void Server_folder_and_name_make_an_address(string server, string folder, string name, string expected) =>
        Assert.That(Of(new DatastoreConfig(s_id, "DsHttps", server, Dpath: folder), new(Name: name)).Url!.AbsoluteUri, Is.EqualTo(expected));

    [Test]
    public void A_name_may_be_the_whole_address() =>
        Assert.That(Of(new DatastoreConfig(s_id, "DsHttp", "http://x"), new(Name: "http://other/one", NameIsURL: true)).Url!.AbsoluteUri, Is.EqualTo("http://other/one"));

    [Test]
    public void A_password_goes_over_plain_http_only_if_that_is_allowed()
    {
        var store = new DatastoreConfig(s_id, "DsHttp", "http://x", "Bearer", "secret");
        Assert.That(Of(store).Error, Does.Contain("datastore.http.security.allowinsecureauth"));
        Assert.That(Of(store, insecure: true).Authorization, Is.EqualTo("Bearer secret"));
        Assert.That(Of(store with { Fqdn = "https://x" }).Authorization, Is.EqualTo("Bearer secret"));
    }

    [Test]
    public void What_cannot_be_used_says_why()
    {
        Assert.That(Of(null).Error, Does.Contain(s_id.ToString()).And.Contain("not configured"));
        Assert.That(Of(new DatastoreConfig(s_id, "DsS3", "https://x")).Error, Does.Contain("DsS3").And.Contain("not built yet"));
        Assert.That(Of(new DatastoreConfig(s_id, "DsHttps", "https://x", IsCipher: true)).Error, Does.Contain("encrypted"));
        Assert.That(Of(new DatastoreConfig(s_id, "DsHttps", "ftp://x")).Error, Does.Contain("ftp://x"));
        Assert.That(Of(new DatastoreConfig(s_id, "DsHttps", "https://x", Error: "broken")).Error, Does.Contain("broken"));
    }

    [Test]
    public void Its_certificates_are_trusted() =>
        Assert.That(Of(new DatastoreConfig(s_id, "DsHttps", "https://x", DsCertPEM: [Encoding.ASCII.GetBytes("PEM")])).Roots, Has.Count.EqualTo(1));

    static Source Of(DatastoreConfig? store, DownloaderConfig? config = null, bool insecure = false) => Sources.Of(config ?? new(Name: "one"), s_id, store, insecure);
}
