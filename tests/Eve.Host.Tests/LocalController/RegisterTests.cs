using System.Net;
using Eve.Api.Auth;
using Google.Protobuf;
using NUnit.Framework;

namespace Eve.Tests.Controller;

public class RegisterTests
{
    TestController _controller = null!;
    DeviceClient _device = null!;

    [SetUp]
    public async Task SetUp()
    {
        _controller = await TestController.StartAsync();
        _device = _controller.NewDevice();
    }

    [TearDown]
    public async Task TearDown()
    {
        _device.Dispose();
        await _controller.DisposeAsync();
    }

    [Test]
    public async Task A_new_device_is_created_and_a_repeated_registration_is_ok()
    {
        var first = await _device.RegisterAsync("serial-1");
        var second = await _device.RegisterAsync("serial-1");
        Assert.Multiple(() =>
        {
            Assert.That(first, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(second, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(_controller.Controller.Devices.All, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task Another_certificate_for_the_same_serial_number_is_a_conflict()
    {
        await _device.RegisterAsync("serial-1");
        using var other = _controller.NewDevice();
        Assert.That(await other.RegisterAsync("serial-1"), Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task The_same_certificate_with_another_serial_number_is_a_conflict()
    {
        await _device.RegisterAsync("serial-1");
        _controller.Controller.Onboarding.Add(File.ReadAllText(Path.Combine(_controller.ConfigFolder, "onboard.cert.pem")), ["serial-2"]);
        Assert.That(await _device.RegisterAsync("serial-2"), Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task A_serial_number_that_is_not_listed_is_forbidden() =>
        Assert.That(await _device.RegisterAsync("serial-2"), Is.EqualTo(HttpStatusCode.Forbidden));

    [Test]
    public async Task An_onboarding_certificate_that_is_not_listed_is_forbidden()
    {
        _controller.Controller.Onboarding.Remove(_controller.Controller.Onboarding.All[0].Id, null);
        Assert.That(await _device.RegisterAsync("serial-1"), Is.EqualTo(HttpStatusCode.Forbidden));
    }

    static IEnumerable<TestCaseData> Envelopes()
    {
        static TestCaseData Case(string name, HttpStatusCode status, Action<AuthContainer> tamper) => new TestCaseData(tamper, status).SetName("Register: " + name);
        yield return Case("no certificate", HttpStatusCode.Unauthorized, c => c.SenderCert = ByteString.Empty);
        yield return Case("certificate not wrapped in base64", HttpStatusCode.Unauthorized,
            c => c.SenderCert = ByteString.CopyFrom(Convert.FromBase64String(c.SenderCert.ToStringUtf8())));
        yield return Case("hash is not the certificate's", HttpStatusCode.Unauthorized, c => c.SenderCertHash = ByteString.CopyFrom(new byte[32]));
        yield return Case("hash of 16 bytes", HttpStatusCode.Unauthorized, c => c.SenderCertHash = ByteString.CopyFrom(c.SenderCertHash.Span[..16]));
        yield return Case("unknown algorithm", HttpStatusCode.Unauthorized, c => c.Algo = 0);
        yield return Case("wrong signature", HttpStatusCode.Unauthorized, c => c.SignatureHash = ByteString.CopyFrom(new byte[64]));
        yield return Case("changed payload", HttpStatusCode.Unauthorized, c => c.ProtectedPayload.Payload = ByteString.CopyFrom([.. c.ProtectedPayload.Payload, 0x22, 0x01, 0x41]));
        yield return Case("no payload", HttpStatusCode.UnprocessableEntity, c => c.ProtectedPayload = null);
    }

    [TestCaseSource(nameof(Envelopes))]
    public async Task A_registration_with_a_bad_envelope_is_refused(Action<AuthContainer> tamper, HttpStatusCode status)
    {
        Assert.That(await _device.RegisterAsync("serial-1", tamper), Is.EqualTo(status));
        Assert.That(_controller.Controller.Devices.All, Is.Empty);
    }

    [Test]
    public async Task A_device_certificate_that_is_none_is_unprocessable() =>
        Assert.That(await _device.RegisterAsync("serial-1", change: message => message.PemCert = ByteString.CopyFromUtf8("none")), Is.EqualTo(HttpStatusCode.UnprocessableEntity));

    [Test]
    public async Task Get_is_not_allowed_and_post_needs_the_media_type_and_a_body()
    {
        using var get = await _device.GetAsync("register");
        using var json = await _device.PostAsync("register", [1], "application/json");
        using var empty = await _device.PostAsync("register", []);
        using var garbage = await _device.PostAsync("register", [0xFF, 0xFF]);
        Assert.Multiple(() =>
        {
            Assert.That(get.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
            Assert.That(json.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
            Assert.That(empty.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(garbage.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        });
    }
}
