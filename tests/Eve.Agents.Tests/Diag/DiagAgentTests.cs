using System.Text.Json;
using Eve.Agents.Diag;
using Eve.Testing;
using Eve.Tests.Platform;
using Eve.Topics;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests.Diag;

public class DiagAgentTests
{
    TemporaryFolder _folder = null!;
    FakeTimeProvider _time = null!;
    TestDevice _device = null!;
    EvePaths _paths = null!;

    [SetUp]
    public void SetUp()
    {
        (_folder, _time) = (new(), new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero)));
        _paths = new(_folder.Root);
        _device = new(_paths, _time, null, AgentNames.Diag, AgentNames.Zedagent, AgentNames.Zedclient, AgentNames.Nim);
    }

    [TearDown]
    public async Task TearDown()
    {
        await _device.DisposeAsync();
        _folder.Dispose();
    }

    string Text => File.ReadAllText(Path.Combine(_paths.Run, "diag.out"));

    async Task StartAsync()
    {
        _device.Start(AgentNames.Diag, new DiagAgent(new ReportFiles(_paths)));
        await _device.SettleAsync();
    }

    async Task LedAsync(LedBlinkCount count)
    {
        _device.Publish(GlobalTopics.LedBlinkCounter, new LedBlinkCounter(count));
        await _device.SettleAsync();
    }

    [Test]
    public async Task The_first_report_comes_at_once_and_says_what_is_missing()
    {
        await StartAsync();
        Assert.That(Text, Does.StartWith("INFO: 2026-05-01 12:00:00 UTC, after a change of start\nERROR: summary: The device waits for an IP address.\n    reason: "));
        Assert.That(Text, Does.Contain("The device has no UUID.").And.Contain("Nothing is known of the network."));
        Assert.That(_device.IsReady(DiagTopics.MetricsMap));
    }

    [Test]
    public async Task Changes_are_written_together_after_five_seconds_at_most()
    {
        await StartAsync();
        var first = Text;
        _device.Publish(NimTopics.DeviceNetworkStatus, new DeviceNetworkStatus(Ports: [new NetworkPortStatus("eth0", IsMgmt: true, IsL3Port: true, Up: true, AddrInfoList: [new AddrInfo("10.0.0.2")])]));
        await _device.SettleAsync();
        await LedAsync(LedBlinkCount.Onboarded);
        Assert.That(Text, Is.EqualTo(first));

        _time.Advance(TimeSpan.FromSeconds(5));
        await _device.SettleAsync();
        Assert.That(Text, Does.StartWith("INFO: 2026-05-01 12:00:05 UTC, after a change of LED, Network\nINFO: summary: The device is onboarded"));
    }

    [Test]
    public async Task What_changes_nothing_for_a_reader_is_not_written()
    {
        await StartAsync();
        var first = Text;
        _time.Advance(TimeSpan.FromMinutes(1));
        _device.Publish(ZedagentTopics.ZedAgentStatus, new ZedAgentStatus("zedagent", ForceFallbackCounter: 3));
        await _device.SettleAsync();
        Assert.That(Text, Is.EqualTo(first));
    }

    [Test]
    public async Task Programs_get_the_same_as_json()
    {
        await StartAsync();
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_paths.Run, "diag.json")));
        var finding = json.RootElement.GetProperty("findings")[0];
        Assert.That((finding.GetProperty("grade").GetString(), finding.GetProperty("about").GetString()), Is.EqualTo(("Error", "summary")));
        Assert.That((finding.GetProperty("reason").GetString(), finding.GetProperty("remedy").GetString()), Is.Not.EqualTo(("", "")));
        Assert.That(json.RootElement.GetProperty("time").GetDateTimeOffset(), Is.EqualTo(_time.GetUtcNow()));
    }

    [Test]
    public async Task A_report_that_could_not_be_written_is_written_later()
    {
        File.WriteAllText(_paths.Run, "in the way");
        await StartAsync();
        File.Delete(_paths.Run);
        _time.Advance(TimeSpan.FromSeconds(5));
        await _device.SettleAsync();
        Assert.That(Text, Does.Contain("The device has no UUID."));
    }
}
