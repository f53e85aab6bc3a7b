using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests.Zedagent.Parts;

public class MetricsReporterTests
{
    ReportingDevice _device = null!;

    [SetUp]
    public void MakeDevice() => _device = new();

    [TearDown]
    public async Task StopDevice() => await _device.DisposeAsync();

    [Test]
    public async Task Metrics_go_out_at_an_interval_and_are_never_sent_again()
    {
        _device.Controller.Answer = _ => FakeController.Nobody;
        _device.OpenGates();
        _device.Start();
        await _device.Device.SettleAsync();
        Assert.That(_device.Metrics, Has.Count.EqualTo(1));
        await _device.AdvanceAsync(TimeSpan.FromSeconds(59));
        Assert.That(_device.Metrics, Has.Count.EqualTo(1));
        await _device.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.That(_device.Metrics, Has.Count.EqualTo(2));
        Assert.That(_device.Metrics[1].Dm.DormantTimeInSeconds, Is.EqualTo(180));
    }

    [Test]
    public async Task Another_interval_of_metrics_holds_at_once()
    {
        _device.OpenGates();
        _device.Start();
        await _device.Device.SettleAsync();
        var update = ConfigItemUpdate.From(null, [KeyValuePair.Create(ConfigItems.MetricInterval.Key, "10")], ConfigSource.Controller);
        _device.Device.Publish(ZedagentTopics.ConfigItemValueMap, update.Values);
        await _device.Device.SettleAsync();
        await _device.AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.That(_device.Metrics, Has.Count.EqualTo(3), "at the start, at the change, and ten seconds later");
    }

    [Test]
    public async Task The_connections_of_all_parts_are_one_topic()
    {
        _device.Controller.Answer = _ => ReportingDevice.Created with { Attempts = [new("eth0", "10.0.0.1", "https://c/x", HttpCode: 201)] };
        _device.OpenGates();
        _device.Start();
        await _device.Device.SettleAsync();
        await _device.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.That(_device.Device.Read(ZedagentTopics.MetricsMap, "global")!.Interfaces["eth0"].SuccessCount, Is.EqualTo(2));
    }
}
