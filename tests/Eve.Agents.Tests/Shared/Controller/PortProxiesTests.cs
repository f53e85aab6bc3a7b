using System.Net;
using System.Net.Sockets;
using System.Text;
using Eve.Agents.Shared;
using Eve.Platform;
using Eve.Tests.Platform;
using Eve.Topics;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Eve.Tests.Shared.Controller;

public class PortProxiesTests
{
    static ManagementPort Port(string exceptions = "", params ProxyEntry[] proxies) => new("eth0", "", 0, [IPAddress.Loopback], []) { Proxies = [.. proxies], ProxyExceptions = exceptions };

    static readonly ProxyEntry s_https = new(NetworkProxyType.Https, "proxy.test", 3128), s_http = new(NetworkProxyType.Http, "http://web.test", 8080);

    [TestCase("https://c.example/", "http://proxy.test:3128/")]
    [TestCase("http://c.example/", "http://web.test:8080/")]
    [TestCase("https://127.0.0.1/", null)]
    [TestCase("https://localhost/", null)]
    public void The_list_has_one_for_each_scheme(string url, string? proxy) =>
        Assert.That(PortProxies.For(new(url), Port("", s_http, s_https))?.ToString(), Is.EqualTo(proxy));

    [Test]
    public void A_list_without_the_scheme_means_none() => Assert.That(PortProxies.For(new("https://c.example/"), Port("", s_http)), Is.Null);

    [TestCase("https://c.example/", "*", true)]
    [TestCase("https://c.example/", "other.test, c.example", true)]
    [TestCase("https://a.c.example/", "c.example", true)]
    [TestCase("https://a.c.example/", ".c.example", true)]
    [TestCase("https://xc.example/", "c.example", false)]
    [TestCase("https://10.1.2.3/", "10.0.0.0/8", true)]
    [TestCase("https://11.1.2.3/", "10.0.0.0/8", false)]
    [TestCase("https://10.1.2.3/", "10.1.2.3", true)]
    [TestCase("https://c.example:8443/", "c.example:8443", true)]
    [TestCase("https://c.example:8443/", "c.example:443", false)]
    public void Exceptions_go_straight(string url, string exceptions, bool excepted) =>
        Assert.That(PortProxies.For(new(url), Port(exceptions, s_https)) is null, Is.EqualTo(excepted));

    [Test]
    public async Task Requests_go_through_the_proxy_by_connect()
    {
        using var folder = new TemporaryFolder();
        var paths = new EvePaths(folder.Root);
        var pki = new ControllerPki();
        Directory.CreateDirectory(paths.Config);
        File.WriteAllText(Path.Combine(paths.Config, "root-certificate.pem"), pki.Root.Pem);
        File.WriteAllText(Path.Combine(paths.Config, "server"), "controller.test");
        await using var server = new TlsServer(Pki.Issue(pki.Root, "server", host: "controller.test"), _ => new());
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        var proxying = ProxyAsync(proxy, server.Name);
        using var client = new ControllerClient(paths, MachineFiles.Instance, new DeviceIdentities(paths, MachineFiles.Instance), new ControllerCertStore(paths, MachineFiles.Instance, TimeProvider.System), TimeProvider.System, NullLoggerFactory.Instance);
        var entry = new ProxyEntry(NetworkProxyType.Https, "127.0.0.1", (uint)((IPEndPoint)proxy.LocalEndpoint).Port);
        var answer = await client.SendAsync(ControllerRequest.Ping, [Port("", entry)], CancellationToken.None);

        Assert.That(answer.Error, Is.Empty);
        client.Dispose();
        Assert.That(await proxying, Is.EqualTo("CONNECT controller.test:443 HTTP/1.1"));
    }

    /// <summary>Takes one CONNECT and carries it to the server.</summary>
    static async Task<string> ProxyAsync(TcpListener listener, string server)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) > 0)
            head.Append((char)one[0]);
        using var upstream = new TcpClient();
        await upstream.ConnectAsync(IPEndPoint.Parse(server));
        await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray());
        await Task.WhenAny(stream.CopyToAsync(upstream.GetStream()), upstream.GetStream().CopyToAsync(stream));
        return head.ToString().Split("\r\n")[0];
    }

    [Test]
    public void A_proxy_in_between_changes_what_a_failure_means()
    {
        var proxy = new Uri("http://proxy.test:3128");

        Assert.That(new SendFailure(SenderStatus.Refused, "refused").Through(proxy).Status, Is.EqualTo(SenderStatus.Failed));
        Assert.That(new SendFailure(SenderStatus.CertUnknownAuthority, "unknown").Through(proxy).Status, Is.EqualTo(SenderStatus.CertUnknownAuthorityProxy));
        Assert.That(new SendFailure(SenderStatus.CertUnknownAuthority, "unknown").Through(null).Status, Is.EqualTo(SenderStatus.CertUnknownAuthority));
    }
}
