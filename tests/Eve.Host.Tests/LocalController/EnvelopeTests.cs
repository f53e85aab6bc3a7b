using System.Net;
using Eve.Api.Auth;
using Eve.Api.Info;
using Eve.Api.Uuid;
using Google.Protobuf;
using NUnit.Framework;

namespace Eve.Tests.Controller;

/// <summary>Every check that stands before a device's message, at every endpoint, with its status code.</summary>
public class EnvelopeTests
{
    static readonly string[] _endpoints = ["config", "attest", "info", "metrics", "hardwarehealth", "flowlog", "logs", "newlogs"];

    TestController _controller = null!;
    DeviceClient _device = null!;
    DeviceClient _other = null!;

    [OneTimeSetUp]
    public async Task SetUp()
    {
        _controller = await TestController.StartAsync();
        _controller.Controller.WriteDeviceConfig(_controller.ConfigFolder, ["serial-1", "serial-2"]);
        _device = _controller.NewDevice();
        _other = _controller.NewDevice();
        await _device.OnboardAsync();
        await _other.OnboardAsync("serial-2");
    }

    [OneTimeTearDown]
    public async Task TearDown()
    {
        _device.Dispose();
        _other.Dispose();
        await _controller.DisposeAsync();
    }

    static IEnumerable<TestCaseData> Spoiled()
    {
        (string Name, Action<AuthContainer> Tamper, HttpStatusCode Status)[] cases =
        [
            ("hash of 16 bytes", c => c.SenderCertHash = ByteString.CopyFrom(c.SenderCertHash.Span[..16]), HttpStatusCode.Unauthorized),
            ("hash of 33 bytes", c => c.SenderCertHash = ByteString.CopyFrom([.. c.SenderCertHash, 0]), HttpStatusCode.Unauthorized),
            ("algorithm of 16 bytes", c => c.Algo = Eve.Api.Common.HashAlgorithm.Sha25616Bytes, HttpStatusCode.Unauthorized),
            ("unknown algorithm", c => c.Algo = (Eve.Api.Common.HashAlgorithm)9, HttpStatusCode.Unauthorized),
            ("unknown certificate", c => c.SenderCertHash = ByteString.CopyFrom(new byte[32]), HttpStatusCode.Unauthorized),
            ("wrong signature", c => c.SignatureHash = ByteString.CopyFrom([.. c.SignatureHash.Span[..63], (byte)~c.SignatureHash[63]]), HttpStatusCode.Unauthorized),
            ("signature cut", c => c.SignatureHash = ByteString.CopyFrom(c.SignatureHash.Span[..63]), HttpStatusCode.Unauthorized),
            ("no signature", c => c.SignatureHash = ByteString.Empty, HttpStatusCode.Unauthorized),
            ("changed payload", c => c.ProtectedPayload.Payload = ByteString.CopyFromUtf8("other"), HttpStatusCode.Unauthorized),
            ("no payload", c => c.ProtectedPayload = null, HttpStatusCode.UnprocessableEntity),
        ];
        return from endpoint in _endpoints from one in cases select new TestCaseData(endpoint, one.Tamper, one.Status).SetName($"{endpoint}: {one.Name}");
    }

    [TestCaseSource(nameof(Spoiled))]
    public async Task A_spoiled_envelope_is_refused(string endpoint, Action<AuthContainer> tamper, HttpStatusCode status)
    {
        using var response = await _device.SendAsync(_device.PathOf(endpoint), new ZInfoMsg(), tamper);
        Assert.That(response.StatusCode, Is.EqualTo(status));
    }

    [TestCaseSource(nameof(_endpoints))]
    public async Task The_certificate_of_another_device_is_forbidden(string endpoint)
    {
        using var response = await _other.SendAsync(_device.PathOf(endpoint), new ZInfoMsg());
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCaseSource(nameof(_endpoints))]
    public async Task A_device_that_is_not_registered_is_unknown(string endpoint)
    {
        using var stranger = _controller.NewDevice();
        using var foreign = await stranger.SendAsync($"id/{Guid.NewGuid()}/{endpoint}", new ZInfoMsg());
        using var wrongPath = await _device.SendAsync($"id/{Guid.NewGuid()}/{endpoint}", new ZInfoMsg());
        using var noUuid = await _device.SendAsync($"id/none/{endpoint}", new ZInfoMsg());
        Assert.That(new[] { foreign.StatusCode, wrongPath.StatusCode, noUuid.StatusCode }, Is.All.EqualTo(HttpStatusCode.BadRequest));
    }

    [TestCaseSource(nameof(_endpoints))]
    public async Task The_certificate_of_no_device_is_unauthenticated(string endpoint)
    {
        using var stranger = _controller.NewDevice();
        using var response = await stranger.SendAsync(_device.PathOf(endpoint), new ZInfoMsg());
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [TestCaseSource(nameof(_endpoints))]
    public async Task Method_media_type_and_form_are_checked(string endpoint)
    {
        var signed = _device.Sign([]).ToByteArray();
        using var get = await _device.GetAsync(_device.PathOf(endpoint));
        using var json = await _device.PostAsync(_device.PathOf(endpoint), signed, "application/json");
        using var none = await _device.PostAsync(_device.PathOf(endpoint), signed, null);
        using var empty = await _device.PostAsync(_device.PathOf(endpoint), []);
        using var garbage = await _device.PostAsync(_device.PathOf(endpoint), [0xFF, 0xFF, 0xFF]);
        using var payload = await _device.SendAsync(_device.PathOf(endpoint), [0xFF, 0xFF, 0xFF]);
        Assert.Multiple(() =>
        {
            Assert.That(get.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
            Assert.That(json.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
            Assert.That(none.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
            Assert.That(empty.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(garbage.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(payload.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        });
    }

    [Test]
    public async Task Uuid_answers_a_known_certificate_and_calls_others_unknown()
    {
        using var stranger = _controller.NewDevice();
        using var unknown = await stranger.SendAsync("uuid", new UuidRequest());
        using var get = await _device.GetAsync("uuid");
        var answer = await _device.AskAsync("uuid", new UuidRequest(), UuidResponse.Parser);
        Assert.Multiple(() =>
        {
            Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(get.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
            Assert.That(answer.Uuid, Is.EqualTo(_device.Uuid.ToString()));
        });
    }

    [Test]
    public async Task Ping_and_certs_are_open_and_answer_nothing_but_get()
    {
        using var ping = await _device.GetAsync("ping");
        using var posted = await _device.PostAsync("ping", [1]);
        using var certs = await _device.PostAsync("certs", [1]);
        using var nowhere = await _device.GetAsync("nowhere");
        Assert.Multiple(() =>
        {
            Assert.That(ping.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(posted.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
            Assert.That(certs.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
            Assert.That(nowhere.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }
}
