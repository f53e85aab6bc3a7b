using System.Net;
using System.Text;
using Eve.Agents.Shared;
using Eve.Api.Auth;
using Eve.Platform;
using Eve.Tests.Platform;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Eve.Tests.Shared.Controller;

public class ControllerClientTests
{
    static readonly ControllerPki s_pki = new();
    static readonly Certified s_server = Pki.Issue(s_pki.Root, "server", host: "127.0.0.1");
    static readonly Certified s_device = Pki.SelfSigned("device");
    static readonly Guid s_uuid = Guid.Parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    readonly TemporaryFolder _folder = new();
    EvePaths Paths => new(_folder.Root);

    [SetUp]
    public void SetUp()
    {
        Directory.CreateDirectory(Paths.Config);
        Directory.CreateDirectory(Paths.Checkpoint);
        Config("root-certificate.pem", s_pki.Root.Pem);
        Config("device.cert.pem", s_device.Pem);
        Config("device.key.pem", s_device.KeyPem);
        File.WriteAllBytes(Path.Combine(Paths.Checkpoint, "controllercerts"), s_pki.Certs);
    }

    [OneTimeTearDown]
    public void TearDown() => _folder.Dispose();

    void Config(string name, string text) => File.WriteAllText(Path.Combine(Paths.Config, name), text);

    static ManagementPort Port(string name, string address = "127.0.0.1") => new(name, name, 0, [IPAddress.Parse(address)], []);

    async Task<ControllerAnswer> SendAsync(TlsServer server, ControllerRequest request, params ManagementPort[] ports)
    {
        Config("server", server.Name + "\n");
        using var client = new ControllerClient(Paths, MachineFiles.Instance, new DeviceIdentities(Paths, MachineFiles.Instance), new ControllerCertStore(Paths, MachineFiles.Instance, TimeProvider.System), TimeProvider.System, NullLoggerFactory.Instance);
        return await client.SendAsync(request, ports is [] ? [Port("eth0")] : [.. ports], CancellationToken.None);
    }

    [Test]
    public async Task A_signed_message_goes_out_and_its_signed_answer_comes_back()
    {
        await using var server = new TlsServer(s_server, _ => new(200, s_pki.Seal("answer"u8.ToArray())));
        var answer = await SendAsync(server, ControllerRequest.ForDevice(s_uuid, "config", "question"u8.ToArray()));

        Assert.That(answer.Error, Is.Empty);
        Assert.That(Encoding.UTF8.GetString(answer.Payload), Is.EqualTo("answer"));
        var asked = server.Asked.Single();
        Assert.That((asked.Method, asked.Path), Is.EqualTo(("POST", $"/api/v2/edgedevice/id/{s_uuid}/config")));
        Assert.That(asked.Headers["Content-Type"], Is.EqualTo("application/x-proto-binary"));
        Assert.That(Guid.TryParse(asked.Headers["X-Request-Id"], out _));
        Assert.That(asked.Headers, Does.Not.ContainKey("X-Serial-Number"));
        Assert.That(AuthContainer.Parser.ParseFrom(asked.Body).ProtectedPayload.Payload.ToStringUtf8(), Is.EqualTo("question"));
        var attempt = answer.Attempts.Single();
        Assert.That((attempt.IfName, attempt.Source, attempt.SentBytes, attempt.ReceivedBytes), Is.EqualTo(("eth0", "127.0.0.1", asked.Body.Length, (long)answer.Body.Length)));
    }

    [Test]
    public async Task Without_a_body_it_is_a_get_and_serial_numbers_show_when_given()
    {
        await using var server = new TlsServer(s_server, _ => new());
        var answer = await SendAsync(server, ControllerRequest.Ping with { Serial = "S1", SoftSerial = "soft" });

        Assert.That(answer.Succeeded);
        var asked = server.Asked.Single();
        Assert.That((asked.Method, asked.Path), Is.EqualTo(("GET", "/api/v2/edgedevice/ping")));
        Assert.That((asked.Headers["X-Serial-Number"], asked.Headers["X-Soft-Serial"]), Is.EqualTo(("S1", "soft")));
        Assert.That(asked.Headers, Does.Not.ContainKey("Content-Type"));
    }

    [TestCase(201, SenderStatus.None)]
    [TestCase(204, SenderStatus.None)]
    [TestCase(304, SenderStatus.None)]
    [TestCase(400, SenderStatus.NotFound)]
    [TestCase(403, SenderStatus.Forbidden)]
    [TestCase(404, SenderStatus.NotFound)]
    [TestCase(409, SenderStatus.Failed)]
    [TestCase(500, SenderStatus.Failed)]
    [TestCase(503, SenderStatus.Upgrade)]
    public async Task An_http_error_keeps_its_code(int code, SenderStatus status)
    {
        await using var server = new TlsServer(s_server, _ => new(code));
        var answer = await SendAsync(server, ControllerRequest.ForDevice(s_uuid, "info", []));

        Assert.That((answer.HttpCode, answer.Status, answer.Answered), Is.EqualTo((code, status, true)));
        Assert.That(answer.Error, status == SenderStatus.None ? Is.Empty : Does.Contain(server.Name).And.Contain("eth0 (127.0.0.1)").And.Contain($"{code}"));
    }

    [Test]
    public async Task A_bad_envelope_and_a_web_page_are_no_answers()
    {
        await using var forger = new TlsServer(s_server, _ => new(200, s_pki.Seal([1], c => c.SignatureHash = Google.Protobuf.ByteString.CopyFrom(new byte[64]))));
        var forged = await SendAsync(forger, ControllerRequest.ForDevice(s_uuid, "config", []));
        await using var portal = new TlsServer(s_server, _ => new(200, "<html>"u8.ToArray(), "text/html; charset=utf-8"));
        var page = await SendAsync(portal, ControllerRequest.Ping);

        Assert.That((forged.Status, forged.BadEnvelope, forged.Payload.Length), Is.EqualTo((SenderStatus.SignVerifyFail, true, 0)));
        Assert.That((page.Status, page.Answered), Is.EqualTo((SenderStatus.Failed, true)));
        Assert.That(page.Error, Does.Contain("text/html"));
    }

    [Test]
    public async Task The_next_port_is_tried_and_every_failure_named()
    {
        await using var server = new TlsServer(s_server, _ => new());
        var answer = await SendAsync(server, ControllerRequest.Ping, Port("eth0", "192.0.2.7"), Port("eth1", "127.0.0.2"));

        Assert.That(answer.Succeeded);
        Assert.That(answer.Attempts.Select(a => (a.IfName, a.Status)), Is.EqualTo(new[] { ("eth0", SenderStatus.Failed), ("eth1", SenderStatus.None) }));
        Assert.That(answer.Attempts[0].Error, Does.Contain("address"));
        Assert.That(server.Asked.Single().From, Is.EqualTo(IPAddress.Parse("127.0.0.2")));
    }

    [TestCase(403, false, 1)]
    [TestCase(409, true, 1)]
    [TestCase(409, false, 2)]
    public async Task A_403_ends_the_round_and_other_errors_when_asked(int code, bool stop, int attempts)
    {
        await using var server = new TlsServer(s_server, _ => new(code));
        var answer = await SendAsync(server, ControllerRequest.Ping with { StopAtHttpError = stop }, Port("eth0"), Port("eth1", "127.0.0.2"));

        Assert.That((answer.HttpCode, answer.Attempts.Count), Is.EqualTo((code, attempts)));
    }

    [Test]
    public async Task A_refused_connection_says_so()
    {
        var server = new TlsServer(s_server, _ => new());
        await server.DisposeAsync();
        Config("server", server.Name);
        using var client = new ControllerClient(Paths, MachineFiles.Instance, new DeviceIdentities(Paths, MachineFiles.Instance), new ControllerCertStore(Paths, MachineFiles.Instance, TimeProvider.System), TimeProvider.System, NullLoggerFactory.Instance);
        var answer = await client.SendAsync(ControllerRequest.Ping, [Port("eth0")], CancellationToken.None);

        Assert.That((answer.Status, answer.HttpCode), Is.EqualTo((SenderStatus.Refused, 0)));
    }

    [Test]
    public async Task A_server_certificate_is_trusted_for_the_right_reasons_only()
    {
        await using var expired = new TlsServer(Pki.Issue(s_pki.Root, "old", to: Pki.From.AddDays(1), host: "127.0.0.1"), _ => new());
        await using var stranger = new TlsServer(Pki.SelfSigned("stranger"), _ => new());
        await using var other = new TlsServer(Pki.Issue(s_pki.Root, "other", host: "another.example"), _ => new());

        Assert.That((await SendAsync(expired, ControllerRequest.Ping)).Status, Is.EqualTo(SenderStatus.CertInvalid));
        Assert.That((await SendAsync(stranger, ControllerRequest.Ping)).Status, Is.EqualTo(SenderStatus.CertUnknownAuthority));
        var answer = await SendAsync(other, ControllerRequest.Ping);
        Assert.That(answer.Status, Is.EqualTo(SenderStatus.Failed));
        Assert.That(answer.Error, Does.Contain("another host"));
    }

    [Test]
    public async Task The_tls_root_file_is_trusted_from_the_next_request_on()
    {
        var root = Pki.Root("TLS root");
        await using var server = new TlsServer(Pki.Issue(root, "server", host: "127.0.0.1"), _ => new());
        Config("server", server.Name);
        using var client = new ControllerClient(Paths, MachineFiles.Instance, new DeviceIdentities(Paths, MachineFiles.Instance), new ControllerCertStore(Paths, MachineFiles.Instance, TimeProvider.System), TimeProvider.System, NullLoggerFactory.Instance);
        var before = await client.SendAsync(ControllerRequest.Ping, [Port("eth0")], CancellationToken.None);
        Config("v2tlsbaseroot-certificates.pem", root.Pem);
        var after = await client.SendAsync(ControllerRequest.Ping, [Port("eth0")], CancellationToken.None);
        File.Delete(Path.Combine(Paths.Config, "v2tlsbaseroot-certificates.pem"));

        Assert.That((before.Status, after.Status), Is.EqualTo((SenderStatus.CertUnknownAuthority, SenderStatus.None)), before.Error + after.Error);
    }

    [Test]
    public async Task Connections_are_kept()
    {
        await using var server = new TlsServer(s_server, _ => new());
        Config("server", server.Name);
        using var client = new ControllerClient(Paths, MachineFiles.Instance, new DeviceIdentities(Paths, MachineFiles.Instance), new ControllerCertStore(Paths, MachineFiles.Instance, TimeProvider.System), TimeProvider.System, NullLoggerFactory.Instance);
        for (var i = 0; i < 3; i++)
            Assert.That((await client.SendAsync(ControllerRequest.Ping, [Port("eth0")], CancellationToken.None)).Succeeded);

        Assert.That(server.Asked, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task What_cannot_be_sent_is_said()
    {
        await using var server = new TlsServer(s_server, _ => new());
        File.Delete(Path.Combine(Paths.Config, "device.key.pem"));
        var keyless = await SendAsync(server, ControllerRequest.ForDevice(s_uuid, "info", []));
        using var client = new ControllerClient(Paths, MachineFiles.Instance, new DeviceIdentities(Paths, MachineFiles.Instance), new ControllerCertStore(Paths, MachineFiles.Instance, TimeProvider.System), TimeProvider.System, NullLoggerFactory.Instance);
        var portless = await client.SendAsync(ControllerRequest.Ping, [], CancellationToken.None);
        Config("server", "");
        var homeless = await client.SendAsync(ControllerRequest.Ping, [Port("eth0")], CancellationToken.None);

        Assert.That(keyless.Error, Does.Contain("device.cert.pem"));
        Assert.That(portless.Error, Does.Contain("no management port"));
        Assert.That(homeless.Error, Does.Contain("/config/server"));
        Assert.That(server.Asked, Is.Empty);
    }

    [Test]
    public async Task A_name_is_found_in_the_hosts_file()
    {
        await using var server = new TlsServer(Pki.Issue(s_pki.Root, "named", host: "controller.test"), _ => new());
        Config("hosts", "127.0.0.1 other controller.test # mine\n");
        Config("server", "controller.test:" + server.Name.Split(':')[1]);
        using var client = new ControllerClient(Paths, MachineFiles.Instance, new DeviceIdentities(Paths, MachineFiles.Instance), new ControllerCertStore(Paths, MachineFiles.Instance, TimeProvider.System), TimeProvider.System, NullLoggerFactory.Instance);

        Assert.That((await client.SendAsync(ControllerRequest.Ping, [Port("eth0")], CancellationToken.None)).Error, Is.Empty);
    }
}
