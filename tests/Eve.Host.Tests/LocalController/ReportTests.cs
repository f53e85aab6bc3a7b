using System.IO.Compression;
using System.Net;
using System.Text;
using Eve.Api.FlowLog;
using Eve.Api.HardwareHealth;
using Eve.Api.Info;
using Eve.Api.Logs;
using Eve.Api.Metrics;
using Google.Protobuf;
using NUnit.Framework;

namespace Eve.Tests.Controller;

public class ReportTests
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

    static readonly Guid _app = Guid.NewGuid();

    string FolderOf(string kind) => Path.Combine(_controller.Folder, "data", "devices", _device.Uuid.ToString(), kind);

    ZInfoMsg App(string name) => new()
    {
        DevId = _device.Uuid.ToString(), Ztype = ZInfoTypes.ZiApp, Ainfo = new ZInfoApp { AppID = _app.ToString(), AppName = name },
    };

    async Task SendAsync(string kind, byte[] payload)
    {
        using var response = await _device.SendAsync(_device.PathOf(kind), payload);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Created), kind);
    }

    static byte[] Gzip(string text)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return target.ToArray();
    }

    [Test]
    public async Task Every_kind_is_kept_as_it_came_and_shown_as_json()
    {
        var id = _device.Uuid.ToString();
        (string Kind, byte[] Payload, string Shown)[] messages =
        [
            ("info", App("an-app").ToByteArray(), "an-app"),
            ("metrics", new ZMetricMsg { DevID = id, Dm = new deviceMetric { RuntimeStorageOverheadMB = 77 } }.ToByteArray(), "77"),
            ("hardwarehealth", new ZHardwareHealth { DevId = id }.ToByteArray(), id),
            ("flowlog", new FlowMessage { DevId = id, DnsReqs = { new DnsRequest { HostName = "a-name" } } }.ToByteArray(), "a-name"),
            ("logs", new LogBundle { DevID = id, Log = { new LogEntry { Content = "a line" } } }.ToByteArray(), "a line"),
            ("newlogs", Gzip("{\"content\":\"one\"}\n{\"content\":\"two\"}\n"), "\"two\""),
        ];
        foreach (var (kind, payload, shown) in messages)
        {
            await SendAsync(kind, payload);
            var json = await _admin.GetStringAsync($"devices/{id}/{kind}");
            Assert.Multiple(() =>
            {
                Assert.That(File.ReadAllBytes(Directory.GetFiles(FolderOf(kind)).Single()), Is.EqualTo(payload), kind);
                Assert.That(json, Does.Contain(shown));
                Assert.That(() => System.Text.Json.JsonDocument.Parse(json), Throws.Nothing);
            });
        }
    }

    [Test]
    public async Task A_message_from_somebody_else_is_unprocessable()
    {
        using var info = await _device.SendAsync(_device.PathOf("info"), new ZInfoMsg { DevId = Guid.NewGuid().ToString() });
        using var metrics = await _device.SendAsync(_device.PathOf("metrics"), new ZMetricMsg());
        Assert.Multiple(() =>
        {
            Assert.That(info.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(metrics.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(_controller.Controller.Devices.All[0].Info.Count, Is.Zero);
        });
    }

    [Test]
    public async Task Logs_of_an_application_come_by_both_paths()
    {
        await SendAsync($"apps/instanceid/{_app}/newlogs", Gzip("{\"content\":\"first\"}\n"));
        using var short_ = await _device.SendAsync($"apps/instanceid/{_app}/newlogs", Gzip("{\"content\":\"second\"}\n"));
        using var malformed = await _device.SendAsync(_device.PathOf("apps/instanceid/none/newlogs"), Gzip("{}"));
        var shown = await _admin.GetStringAsync($"devices/-/apps/{_app}/newlogs");
        Assert.Multiple(() =>
        {
            Assert.That(short_.StatusCode, Is.EqualTo(HttpStatusCode.Created));
            Assert.That(malformed.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(shown, Does.Contain("first").And.Contain("second"));
        });
    }

    [Test]
    public async Task Messages_are_followed_as_lines_while_they_come()
    {
        await SendAsync("info", App("one").ToByteArray());
        await SendAsync("info", App("two").ToByteArray());
        using var reader = new StreamReader(await _admin.GetStreamAsync("devices/-/info?follow&last=1&type=ZiApp"));
        var second = await reader.ReadLineAsync();
        await SendAsync("info", new ZInfoMsg { DevId = _device.Uuid.ToString(), Ztype = ZInfoTypes.ZiDevice }.ToByteArray());
        await SendAsync("info", App("three").ToByteArray());
        var third = await reader.ReadLineAsync();
        Assert.Multiple(() =>
        {
            Assert.That(JsonParser.Default.Parse<ZInfoMsg>(second).Ainfo.AppName, Is.EqualTo("two"));
            Assert.That(JsonParser.Default.Parse<ZInfoMsg>(third).Ainfo.AppName, Is.EqualTo("three"));
        });
    }

    [Test]
    public async Task Of_each_object_the_latest_can_be_had()
    {
        await SendAsync("info", App("old").ToByteArray());
        await SendAsync("info", new ZInfoMsg { DevId = _device.Uuid.ToString(), Ztype = ZInfoTypes.ZiDevice }.ToByteArray());
        await SendAsync("info", App("new").ToByteArray());
        var shown = await _admin.GetStringAsync("devices/-/info?latest");
        Assert.That(shown, Does.Contain("\"new\"").And.Contain("ZiDevice").And.Not.Contain("\"old\""));
    }

    [Test]
    public async Task All_is_there_again_after_a_restart()
    {
        await SendAsync("info", App("before").ToByteArray());
        var certificates = await _device.CertificatesAsync();
        await _controller.RestartAsync();
        using var admin = new HttpClient { BaseAddress = _controller.Controller.AdminUrl };
        using var other = _controller.NewDevice();
        Assert.Multiple(async () =>
        {
            Assert.That(await other.CertificatesAsync(), Is.EqualTo(certificates));
            Assert.That(_controller.Controller.Devices.All.Single().Uuid, Is.EqualTo(_device.Uuid));
            Assert.That(await admin.GetStringAsync("devices/-/info"), Does.Contain("before"));
            Assert.That(await other.RegisterAsync("serial-1"), Is.EqualTo(HttpStatusCode.Conflict));
        });
    }
}
