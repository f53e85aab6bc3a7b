using Eve.Demo;
using NUnit.Framework;

namespace Eve.Tests.WholeDevice;

/// <summary>From nothing to an application that answers, and away again: as the controller and a client see it.</summary>
[Category("system")]
[NonParallelizable]
public class FirstAppTests
{
    [Test]
    [CancelAfter(180_000)]
    public async Task A_device_onboards_boots_its_app_and_removes_it()
    {
        await using var lab = await DeviceLab.StartAsync();
        lab.Device.Start();
        await lab.UntilAsync("the device is onboarded", async () => (await lab.Admin.GetAsync("devices", CancellationToken.None))!.Value.GetArrayLength() == 1);
        foreach (var (stage, reached) in ControllerView.Stages)
            await lab.UntilAsync(stage, async () => reached(await lab.ViewAsync()));
        var page = await lab.UntilAnswersAsync();
        Assert.That(page, Does.Contain("10.11.12."));
        Assert.That((await lab.DownloadsAsync()).Requests, Is.EqualTo(1));
        await AssertAllIsReadyAsync(lab);
        var (code, shown) = await Lab.RunHereAsync(DeviceLab.Zedbox, ["ipcmonitor", "--root", lab.Root, "-t", "AppInstanceStatus", "--wait", "State == 115", "--timeout", "60"], CancellationToken.None);
        Assert.That(code, Is.Zero, shown);
        Assert.That(shown, Does.StartWith("zedmanager/AppInstanceStatus + "));

        await lab.ConfigureAsync(DeviceConfig.Bare());
        await lab.UntilAsync("the controller sees the app gone", async () => (await lab.ViewAsync()).IsGone);
        await lab.UntilAsync("no guest is left", () => Guests(lab) == 0);
        await lab.UntilAsync("no volume is left", () => Directory.GetFiles(Path.Combine(lab.Root, "persist", "vault", "volumes")).Length == 0);

        await lab.Device.StopAsync(CancellationToken.None);
        Assert.That(await Lab.ProcessesAsync(lab.Lab.DeviceSide, CancellationToken.None), Is.Empty);
    }

    // A table without publisher is open to all agents, so nobody can say that it is complete.
    static async Task AssertAllIsReadyAsync(DeviceLab lab)
    {
        IReadOnlyList<DeviceTopic> topics = [];
        await lab.UntilAsync("every publication is Ready:\n", async () =>
        {
            topics = await lab.TopicsAsync();
            return !topics.Any(IsIncomplete);
        }, () => string.Join('\n', topics.Where(IsIncomplete)), seconds: 30);
        Assert.That(topics.Where(t => t.Published).Select(t => t.Topic), Is.SupersetOf(new[] { "zedagent/AppInstanceConfig", "domainmgr/DomainStatus", "zedclient/OnboardingStatus", "diag/MetricsMap" }));
        Assert.That(topics.Where(t => t is { Published: false, Keys.Count: > 0 }), Is.Empty);

        static bool IsIncomplete(DeviceTopic topic) => topic is { Published: true, Complete: false } && !topic.Topic.StartsWith('/');
    }

    static int Guests(DeviceLab lab) => System.Diagnostics.Process.GetProcesses().Count(p => CommandLine(p).Contains(lab.Root, StringComparison.Ordinal) && CommandLine(p).Contains("qemu-system", StringComparison.Ordinal));

    static string CommandLine(System.Diagnostics.Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }
}
