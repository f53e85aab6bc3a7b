using Eve.Agents.Ledmanager;
using Eve.Testing;
using Eve.Tests.Platform;
using Eve.Topics;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests.Ledmanager;

public sealed class LedmanagerAgentTests
{
    static readonly DeviceNetworkStatus Addressed = new(Ports: [new(IfName: "eth0", AddrInfoList: [new("10.1.0.63")])]);

    static IEnumerable<TestCaseData> Counts()
    {
        yield return new(null, LedBlinkCount.Onboarded, LedBlinkCount.WaitingForIp);
        yield return new(new DeviceNetworkStatus(Ports: [new(AddrInfoList: [new("fe80::1")])]), LedBlinkCount.Onboarded, LedBlinkCount.WaitingForIp);
        yield return new(Addressed, LedBlinkCount.Undefined, LedBlinkCount.ConnectingToController);
        yield return new(Addressed, LedBlinkCount.WaitingForIp, LedBlinkCount.ConnectingToController);
        yield return new(Addressed, LedBlinkCount.Onboarded, LedBlinkCount.Onboarded);
        yield return new(Addressed, LedBlinkCount.OnboardingNotFound, LedBlinkCount.OnboardingNotFound);
        yield return new(Addressed with { RadioSilence = new(Imposed: true) }, LedBlinkCount.Onboarded, LedBlinkCount.RadioSilence);
        yield return new(Addressed with { RadioSilence = new(Imposed: true, ChangeInProgress: true) }, LedBlinkCount.Onboarded, LedBlinkCount.Onboarded);
    }

    [TestCaseSource(nameof(Counts))]
    public void The_count_follows_network_and_progress(DeviceNetworkStatus? network, LedBlinkCount progress, LedBlinkCount shown) =>
        Assert.That(Blinking.Count(network, progress), Is.EqualTo(shown));

    [TestCase(0, true, 200)]
    [TestCase(199, true, 1)]
    [TestCase(200, false, 200)]
    [TestCase(400, true, 200)]
    [TestCase(799, false, 1)]
    [TestCase(800, false, 1200)]
    [TestCase(1999, false, 1)]
    [TestCase(2000, true, 200)]
    public void Two_blinks_and_a_pause_are_repeated_for_ever(int since, bool on, int left) =>
        Assert.That(Blinking.Device(2, TimeSpan.FromMilliseconds(since)), Is.EqualTo((on, TimeSpan.FromMilliseconds(left))));

    [TestCase("PC Engines.apu2", "apu2:green:led3")]
    [TestCase("Dell Inc..Edge Gateway 3002", "/sys/class/gpio/gpio346/value")]
    [TestCase("SIEMENS AG.SIMATIC IPC127E", "ipc127:green:1")]
    [TestCase("RaspberryPi.RPi4", "ACT")]
    [TestCase("advantech,imx8mp_rsb3720a1.fsl", "user")]
    [TestCase("LeMaker.HiKey-6220", "wifi_active")]
    [TestCase("QEMU.Standard PC", null)]
    [TestCase("VMware.Virtual", null)]
    [TestCase("not PC Engines.apu2", null)]
    [TestCase("", null)]
    public void Models_have_their_lights(string model, string? led) => Assert.That(LedModels.Of(model).Leds.FirstOrDefault(), Is.EqualTo(led));

    [Test]
    public void The_apps_light_shows_the_worst()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Blinking.Of(null), Is.EqualTo(AppLight.Off));
            Assert.That(Blinking.Of(new(TotalRunning: 2, TotalStarting: 1)), Is.EqualTo(AppLight.Starting));
            Assert.That(Blinking.Of(new(TotalRunning: 2, TotalStopping: 1, TotalStarting: 1)), Is.EqualTo(AppLight.Stopping));
            Assert.That(Blinking.Of(new(TotalRunning: 2, TotalError: 1)), Is.EqualTo(AppLight.Failing));
            Assert.That(Blinking.Apps(AppLight.Stopping, TimeSpan.Zero).Lights, Is.EqualTo(new Lights(true, true)));
            Assert.That(Blinking.Apps(AppLight.Failing, TimeSpan.FromSeconds(9)), Is.EqualTo((new Lights(false, true), (TimeSpan?)null)));
        });
    }

    [Test]
    public async Task Lights_are_switched_below_the_root()
    {
        using var root = new TemporaryFolder();
        var green = Led("ipc127:green:1");
        var app = (Green: Led("ipc127:green:3"), Red: Led("ipc127:red:3"));
        Directory.CreateDirectory(root.Path("persist/status"));
        File.WriteAllText(root.Path("persist/status/hardwaremodel"), "SIEMENS AG.SIMATIC IPC127E");
        var time = new FakeTimeProvider();
        await using var device = new TestDevice(time, AgentNames.Nim, AgentNames.Zedmanager);
        device.Publish(NimTopics.DeviceNetworkStatus, Addressed);
        device.Publish(GlobalTopics.LedBlinkCounter, new LedBlinkCounter(LedBlinkCount.Onboarded));
        device.Publish(ZedmanagerTopics.AppInstanceSummary, new AppInstanceSummary(TotalError: 1));
        device.Start(AgentNames.Ledmanager, new LedmanagerAgent(new SysfsLeds(new(root.Root))));

        Assert.That(File.ReadAllText(root.Path("sys/class/leds/ipc127:green:1/trigger")), Is.Not.Empty);
        List<string> seen = [];
        for (var i = 0; i < 9; i++)
        {
            await device.SettleAsync();
            seen.Add(File.ReadAllText(green));
            time.Advance(TimeSpan.FromMilliseconds(200));
        }
        Assert.That(string.Join(' ', seen), Is.EqualTo("255 0 255 0 255 0 255 0 0"));
        Assert.That((File.ReadAllText(app.Green), File.ReadAllText(app.Red)), Is.EqualTo(("0", "255")));

        string Led(string name)
        {
            var folder = root.Path("sys/class/leds/" + name);
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "trigger"), "heartbeat");
            File.WriteAllText(Path.Combine(folder, "max_brightness"), "255\n");
            File.WriteAllText(Path.Combine(folder, "brightness"), "1");
            return Path.Combine(folder, "brightness");
        }
    }
}
