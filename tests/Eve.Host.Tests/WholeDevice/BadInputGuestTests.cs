using System.Text.Json.Nodes;
using Eve.Demo;
using NUnit.Framework;
using static Eve.Tests.WholeDevice.BadInput;

namespace Eve.Tests.WholeDevice;

/// <summary>Guests that crash, go, do not listen or shout, and a helper of the device that is killed.</summary>
[Category("system")]
[Parallelizable]       // most of its time it waits
public class BadInputGuestTests
{
    const int Panics = 81, Leaves = 82, IsDeaf = 83, Floods = 84;
    const long MostOfAConsole = 4 << 20;

    [Test]
    [CancelAfter(400_000)]
    public async Task Guests_that_misbehave_are_told_and_harm_nothing_else_and_the_mended_ones_run()
    {
        await using var lab = await DeviceLab.StartAsync(Quick(DeviceLab.WithApp()));
        var good = await lab.StartAsync();

        await lab.ConfigureAsync(Config((Panics, "panic"), (Leaves, "poweroff"), (IsDeaf, "deaf"), (Floods, "flood")));
        await lab.UntilAnswersAsync(8000 + IsDeaf, "deaf answers");
        // When it is deleted it is given a minute, and then ended by force. Nothing of what follows waits for it.
        await lab.ConfigureAsync(Config((Panics, "panic"), (Leaves, "poweroff"), (Floods, "flood")));
        await lab.UntilAsync("the deaf one is asked", async () => State((await lab.ViewAsync()).Find("ainfo", Id('a', IsDeaf))!.Value) == "HALTING");
        Assert.That(await lab.GuestAsync(Id('a', IsDeaf)), Has.Count.EqualTo(1));
        await lab.UntilToldAsync(
            new Complaint("ainfo", Id('a', Panics), "panic-app", "has crashed", "will retry in 10s"),
            new Complaint("ainfo", Id('a', Leaves), "poweroff-app", "has switched itself off", "will retry in 10s"));
        await lab.AssertUnmovedAsync(good);

        var console = Path.Combine(lab.Root, "run", "domainmgr", "console", $"{Id('a', Floods)}.log");
        await lab.UntilAsync("the controller is told of the flood", async () => await LogsAsync(lab) is { } logs
            && logs.Contains("flood-app", StringComparison.Ordinal) && logs.Contains("of its console were dropped", StringComparison.Ordinal));
        await UntilWrittenAsync(lab, console, MostOfAConsole);
        await lab.AssertUnmovedAsync(good);

        await lab.ConfigureAsync(Config((Panics, "normal"), (Leaves, "normal")));
        await lab.UntilAnswersAsync(8000 + Panics, "normal answers");
        await lab.UntilAnswersAsync(8000 + Leaves, "normal answers");
        await lab.UntilMendedAsync("ainfo", [Id('a', Panics), Id('a', Leaves)], app => State(app) == "RUNNING");

        var server = (await lab.ProcessesAsync("dnsmasq", "bn1")).Single();
        await Lab.SignalAsync("-KILL", [server], CancellationToken.None);
        await lab.UntilAsync("another dnsmasq serves", async () => await lab.ProcessesAsync("dnsmasq", "bn1") is [var other] && other != server);
        await lab.ConfigureAsync(Config((Panics, "normal"), (Leaves, "normal"), (Floods, "late")));
        await lab.UntilAnswersAsync(8000 + Floods, "late answers");

        await lab.UntilAsync("the deaf one is gone", async () => (await lab.GuestAsync(Id('a', IsDeaf))).Count == 0 && State((await lab.ViewAsync()).Find("ainfo", Id('a', IsDeaf))!.Value) == "");
        await lab.AssertUnmovedAsync(good);
    }

    // The file is emptied in its place: what the guest has written is what it grew by from look to look, at least.
    static async Task UntilWrittenAsync(DeviceLab lab, string console, long bytes)
    {
        var (written, former) = (0L, new FileInfo(console).Length);
        await lab.UntilAsync($"the guest has written {bytes} bytes", () =>
        {
            var length = new FileInfo(console).Length;
            Assert.That(length, Is.LessThan(MostOfAConsole));
            written += length >= former ? length - former : length;
            former = length;
            return written >= bytes;
        });
    }

    static JsonObject Config(params (int Number, string Behaviour)[] guests)
    {
        var config = Quick(DeviceLab.WithApp());
        foreach (var (number, behaviour) in guests)
        {
            config.With("volumes", DeviceConfig.VolumeOf(Id('b', number), $"volume of {behaviour}", DeviceConfig.Content));
            config.With("apps", DeviceConfig.AppOf(Id('a', number), $"{behaviour}-app", $"message: {behaviour} answers\nbehaviour: {behaviour}\n", Id('b', number),
                DeviceConfig.Instance, 8000 + number, mebibytes: 128));
        }
        return config;
    }

    static JsonObject Quick(JsonObject config) => config.With("configItems",
        new JsonObject { ["key"] = "timer.boot.retry", ["value"] = "10" }, new JsonObject { ["key"] = "newlog.allow.fastupload", ["value"] = "true" });

    static async Task<string?> LogsAsync(DeviceLab lab) => (await lab.Admin.GetAsync("devices/-/newlogs", CancellationToken.None))?.GetRawText();
}
