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
    public async Task Metrics_that_a_silent_controller_keeps_waiting_are_followed_by_the_latest_alone()
    {
        var answers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _device.Controller.Wait = request => request.Path.EndsWith("/metrics", StringComparison.Ordinal) ? answers.Task : Task.CompletedTask;
        _device.OpenGates();
        _device.Start();
        for (var minute = 0; minute < 5; minute++)
        {
            await _device.Device.SettleAsync(jobs: false);
            _device.Time.Advance(TimeSpan.FromMinutes(1));
        }
        await _device.Device.SettleAsync(jobs: false);
        Assert.That(_device.Metrics, Has.Count.EqualTo(1));

        answers.SetResult();
        await _device.Device.SettleAsync();
        Assert.That(_device.Metrics, Has.Count.EqualTo(1), "what was skipped is not made up for");
        await _device.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.That(_device.Metrics, Has.Count.EqualTo(2));
        Assert.That(_device.Metrics[1].AtTimeStamp.ToDateTimeOffset(), Is.EqualTo(_device.Time.GetUtcNow()));
    }

    [Test]
    public async Task A_longer_interval_holds_once_the_controller_has_been_told()
    {
        _device.OpenGates();
        _device.Start();
        await _device.Device.SettleAsync();
        _device.Controller.Answer = _ => FakeController.Nobody;
        var update = ConfigItemUpdate.From(null, [KeyValuePair.Create(ConfigItems.MetricInterval.Key, "600")], ConfigSource.Controller);
        _device.Device.Publish(ZedagentTopics.ConfigItemValueMap, update.Values);
        await _device.Device.SettleAsync();
        _device.Forget();
        await _device.AdvanceAsync(TimeSpan.FromMinutes(1));
        await _device.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.That(_device.Metrics.Select(m => m.Dm.DormantTimeInSeconds), Is.EqualTo(new[] { 1800, 1800 }));

        _device.Controller.Answer = _ => ReportingDevice.Created;
        await _device.AdvanceAsync(TimeSpan.FromMinutes(1));
        await _device.AdvanceAsync(TimeSpan.FromMinutes(1));
        _device.Forget();
        await _device.AdvanceAsync(TimeSpan.FromSeconds(599));
        Assert.That(_device.Metrics, Is.Empty);
        await _device.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.That(_device.Metrics, Has.Count.EqualTo(1));
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
