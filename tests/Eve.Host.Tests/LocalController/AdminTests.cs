using System.Net;
using System.Text.Json;
using NUnit.Framework;

namespace Eve.Tests.Controller;

/// <summary>The administration as curl uses it: bodies without a content type, answers as JSON.</summary>
public class AdminTests
{
    TestController _controller = null!;
    HttpClient _admin = null!;

    [SetUp]
    public async Task SetUp()
    {
        _controller = await TestController.StartAsync();
        _admin = new HttpClient { BaseAddress = _controller.Controller.AdminUrl };
    }

    [TearDown]
    public async Task TearDown()
    {
        _admin.Dispose();
        await _controller.DisposeAsync();
    }

    async Task<JsonElement> GetAsync(string path) => JsonDocument.Parse(await _admin.GetStringAsync(path)).RootElement;

    static ByteArrayContent Body(string text) => new(System.Text.Encoding.UTF8.GetBytes(text)) { Headers = { { "Content-Type", "application/x-www-form-urlencoded" } } };

    [Test]
    public async Task An_onboarding_certificate_is_made_listed_used_and_deleted()
    {
        using var made = await _admin.PostAsync("onboarding", Body("""{"serials": ["abc", "def"]}"""));
        var entry = JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement;
        var folder = Path.Combine(_controller.Folder, "other");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "onboard.cert.pem"), entry.GetProperty("certificate").GetString());
        await File.WriteAllTextAsync(Path.Combine(folder, "onboard.key.pem"), entry.GetProperty("key").GetString());
        using var device = _controller.NewDevice(folder);
        await device.OnboardAsync("abc");
        var id = entry.GetProperty("id").GetString();
        using var one = await _admin.DeleteAsync($"onboarding/{id}?serial=def");
        using var all = await _admin.DeleteAsync($"onboarding/{id}");
        using var none = await _admin.DeleteAsync($"onboarding/{id}");
        Assert.Multiple(async () =>
        {
            Assert.That(one.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(all.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(none.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That((await GetAsync("onboarding")).GetArrayLength(), Is.EqualTo(1));
            Assert.That((await GetAsync("devices"))[0].GetProperty("device").GetProperty("serial").GetString(), Is.EqualTo("abc"));
        });
    }

    [Test]
    public async Task Options_of_a_device_are_told_to_it_with_its_uuid()
    {
        using var device = _controller.NewDevice();
        await device.OnboardAsync();
        using var put = await _admin.PutAsync("devices/-/options", Body("""{"name": "edge-1", "manufacturer": "Maker", "product": "Box"}"""));
        var answer = await device.AskAsync("uuid", new Eve.Api.Uuid.UuidRequest(), Eve.Api.Uuid.UuidResponse.Parser);
        Assert.Multiple(async () =>
        {
            Assert.That((answer.Manufacturer, answer.ProductName), Is.EqualTo(("Maker", "Box")));
            Assert.That((await GetAsync("devices/edge-1/options")).GetProperty("product").GetString(), Is.EqualTo("Box"));
        });
    }

    [Test]
    public async Task Settings_and_faults_are_set_and_shown()
    {
        using var settings = await _admin.PutAsync("settings", Body("""{"unchangedStatus": 200, "attest": "refuse"}"""));
        using var fault = await _admin.PostAsync("faults", Body("""{"path": "*/ping", "status": 503, "times": 1}"""));
        using var wrong = await _admin.PostAsync("faults", Body("{"));
        using var device = _controller.NewDevice();
        using var first = await device.GetAsync("ping");
        using var second = await device.GetAsync("ping");
        Assert.Multiple(async () =>
        {
            Assert.That((await GetAsync("settings")).GetProperty("attest").GetString(), Is.EqualTo("refuse"));
            Assert.That((first.StatusCode, second.StatusCode), Is.EqualTo((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK)));
            Assert.That(wrong.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That((await GetAsync("requests"))[0].GetProperty("status").GetInt32(), Is.EqualTo(503));
        });
    }

    [Test]
    public async Task Files_are_put_into_the_datastore_counted_and_removed()
    {
        using var put = await _admin.PutAsync("datastore/files/images/a.img", Body("content"));
        using var http = new HttpClient();
        Assert.That(await http.GetStringAsync(new Uri(_controller.Controller.DatastoreUrl, "images/a.img")), Is.EqualTo("content"));
        Assert.That(() => _controller.Controller.DatastoreRequests.Last.Count, Is.EqualTo(1).After(2000, 10));
        var listed = (await GetAsync("datastore"))[0];
        using var deleted = await _admin.DeleteAsync("datastore/files/images/a.img");
        Assert.Multiple(async () =>
        {
            Assert.That((listed.GetProperty("path").GetString(), listed.GetProperty("sent").GetInt32()), Is.EqualTo(("/images/a.img", 7)));
            Assert.That((await GetAsync("datastore")).GetArrayLength(), Is.Zero);
        });
    }

    [Test]
    public async Task What_is_not_there_is_said()
    {
        using var device = await _admin.GetAsync("devices/-/info");
        Assert.That(device.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await _admin.GetStringAsync("/"), Does.Contain("/devices/ID/config"));
    }
}
