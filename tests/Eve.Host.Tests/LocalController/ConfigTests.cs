using System.Net;
using System.Security.Cryptography;
using Eve.Api.Config;
using Eve.Samples.Controller.Faults;
using Google.Protobuf;
using NUnit.Framework;

namespace Eve.Tests.Controller;

public class ConfigTests
{
    TestController _controller = null!;
    DeviceClient _device = null!;
    HttpClient _admin = null!;

    [SetUp]
    public async Task SetUp()
    {
        _controller = await TestController.StartAsync();
        _device = _controller.NewDevice();
        _admin = new HttpClient { BaseAddress = _controller.Controller.AdminUrl };
        await _device.OnboardAsync();
    }

    [TearDown]
    public async Task TearDown()
    {
        _admin.Dispose();
        _device.Dispose();
        await _controller.DisposeAsync();
    }

    string JsonPath => Path.Combine(_controller.Folder, "data", "devices", _device.Uuid.ToString(), "config.json");

    Task<ConfigResponse> FetchAsync(string hash = "") => _device.AskAsync(_device.PathOf("config"), new ConfigRequest { ConfigHash = hash }, ConfigResponse.Parser);

    async Task<HttpStatusCode> StatusAsync(ConfigRequest request)
    {
        using var response = await _device.SendAsync(_device.PathOf("config"), request);
        return response.StatusCode;
    }

    [Test]
    public async Task A_device_without_a_file_gets_a_configuration_with_its_own_id()
    {
        var response = await FetchAsync();
        Assert.Multiple(() =>
        {
            Assert.That(response.Config.Id.Uuid, Is.EqualTo(_device.Uuid.ToString()));
            Assert.That(response.Config.ControllercertConfighash, Is.Not.Empty);
            Assert.That(response.ConfigHash, Is.EqualTo(Convert.ToBase64String(SHA256.HashData(response.Config.ToByteArray()))));
        });
    }

    [Test]
    public async Task What_is_known_is_answered_by_304_without_a_body()
    {
        var response = await FetchAsync();
        using var unchanged = await _device.SendAsync(_device.PathOf("config"), new ConfigRequest { ConfigHash = response.ConfigHash });
        Assert.Multiple(() =>
        {
            Assert.That(unchanged.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
            Assert.That(unchanged.Content.Headers.ContentLength ?? 0, Is.Zero);
        });
        Assert.That(await StatusAsync(new ConfigRequest { ConfigHash = "other" }), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task What_is_known_may_be_answered_by_200_with_the_hash_alone()
    {
        _controller.Controller.Settings = _controller.Controller.Settings with { UnchangedStatus = 200 };
        var first = await FetchAsync();
        var second = await FetchAsync(first.ConfigHash);
        Assert.Multiple(() =>
        {
            Assert.That(second.ConfigHash, Is.EqualTo(first.ConfigHash));
            Assert.That(second.Config, Is.Null);
        });
    }

    [Test]
    public async Task A_changed_file_is_read_again_at_the_next_request()
    {
        await File.WriteAllTextAsync(JsonPath, """{"device_name": "one", "maintenance_mode": true}""");
        var first = await FetchAsync();
        await File.WriteAllTextAsync(JsonPath, """{"deviceName": "another"}""");
        var second = await FetchAsync(first.ConfigHash);
        Assert.Multiple(() =>
        {
            Assert.That((first.Config.DeviceName, first.Config.MaintenanceMode), Is.EqualTo(("one", true)));
            Assert.That(second.Config.DeviceName, Is.EqualTo("another"));
            Assert.That(second.Config.ConfigTimestamp, Is.GreaterThanOrEqualTo(first.Config.ConfigTimestamp));
        });
    }

    [Test]
    public async Task A_protobuf_file_is_served_with_the_fields_that_nobody_knows()
    {
        var config = EdgeDevConfig.Parser.ParseFrom([.. new EdgeDevConfig { DeviceName = "binary" }.ToByteArray(), 0xC0, 0xBB, 0x01, 0x07]);
        await File.WriteAllBytesAsync(Path.ChangeExtension(JsonPath, ".pb"), config.ToByteArray());
        var response = await FetchAsync();
        Assert.Multiple(() =>
        {
            Assert.That(response.Config.DeviceName, Is.EqualTo("binary"));
            Assert.That(Convert.ToHexString(response.Config.ToByteArray()), Does.Contain("C0BB0107"));
        });
    }

    [Test]
    public async Task A_file_that_does_not_parse_leaves_the_former_one_and_is_named()
    {
        await File.WriteAllTextAsync(JsonPath, """{"device_name": "good"}""");
        await FetchAsync();
        await File.WriteAllTextAsync(JsonPath, """{"device_nam": "bad"}""");
        var response = await FetchAsync();
        var shown = await _admin.GetStringAsync("devices/-");
        Assert.Multiple(() =>
        {
            Assert.That(response.Config.DeviceName, Is.EqualTo("good"));
            Assert.That(shown, Does.Contain("configError").And.Contain("device_nam"));
        });
    }

    [Test]
    public async Task A_first_file_that_does_not_parse_is_answered_by_503()
    {
        await File.WriteAllTextAsync(JsonPath, "{");
        Assert.That(await StatusAsync(new ConfigRequest()), Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    [Test]
    public async Task The_administration_sets_and_gives_it_as_it_was_written()
    {
        const string text = """{ "deviceName": "by curl" }""";
        using var put = await _admin.PutAsync("devices/-/config", new StringContent(text));
        using var bad = await _admin.PutAsync("devices/-/config", new StringContent("""{ "deviceName": 5 """));
        var got = await _admin.GetStringAsync($"devices/{_device.Uuid}/config");
        var effective = await _admin.GetStringAsync("devices/serial-1/config?effective");
        var response = await FetchAsync();
        Assert.Multiple(() =>
        {
            Assert.That(put.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(bad.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(got, Is.EqualTo(text));
            Assert.That(effective, Does.Contain("configTimestamp"));
            Assert.That(response.Config.DeviceName, Is.EqualTo("by curl"));
        });
    }

    [Test]
    public async Task A_stale_integrity_token_is_forbidden()
    {
        var stale = new ConfigRequest { IntegrityToken = ByteString.CopyFromUtf8("stale") };
        var optional = await StatusAsync(new ConfigRequest());
        _controller.Controller.Settings = _controller.Controller.Settings with { RequireToken = true };
        Assert.Multiple(async () =>
        {
            Assert.That(optional, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(await StatusAsync(stale), Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(await StatusAsync(new ConfigRequest()), Is.EqualTo(HttpStatusCode.Forbidden));
        });
    }

    [Test]
    public async Task A_wrong_key_signs_when_asked_to()
    {
        _controller.Controller.Faults.Add(new Fault { Path = "*/config", WrongKey = true, Times = 1 });
        Assert.That(async () => await FetchAsync(), Throws.InstanceOf<CryptographicException>());
        Assert.That((await FetchAsync()).Config, Is.Not.Null);
    }

    [Test]
    public async Task A_forgotten_device_is_unknown()
    {
        using var deleted = await _admin.DeleteAsync("devices/-");
        using var uuid = await _device.SendAsync("uuid", new Eve.Api.Uuid.UuidRequest());
        Assert.Multiple(async () =>
        {
            Assert.That(deleted.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(await StatusAsync(new ConfigRequest()), Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(uuid.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(Directory.Exists(Path.GetDirectoryName(JsonPath)), Is.False);
        });
    }
}
