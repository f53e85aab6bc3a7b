using System.Text.Json.Nodes;
using Eve.Demo;
using NUnit.Framework;

namespace Eve.Tests.WholeDevice;

/// <summary>A controller never goes on believing in an object that is gone, even if nobody was there to see it go.</summary>
[Category("system")]
[NonParallelizable]
public class GoneTests
{
    const int MostTries = 4;
    const string Garbled = "app:garbled.json";
    static readonly string[] Kinds = ["ainfo", "niinfo", "vinfo", "cinfo"];

    [Test]
    [CancelAfter(300_000)]
    public async Task Killed_while_it_removes_an_app_a_device_reports_it_gone_in_its_next_life()
    {
        await using var lab = await DeviceLab.StartAsync();
        lab.Device.Start();
        for (var tries = 0; tries < MostTries; tries++)
        {
            await KillWitness.AsksAsync(lab);
            await lab.ConfigureAsync(Bare());
            var killed = await KillStage.Stop.KillAsync(lab);
            if (killed)
            {
                Assert.That((await lab.ViewAsync()).Objects, Has.Member("ainfo " + DeviceConfig.App), "the controller still believes in it");
                lab.Device.Start();
                await HearsAllGoneAsync(lab);
                return;
            }
            if (!lab.Device.IsAlive)
                lab.Device.Start();
            await lab.UntilAsync("nothing is left of it", () => !lab.Facts.Remains.Any() && !lab.Facts.BridgeExists);
            await lab.ConfigureAsync(DeviceLab.WithApp());
        }
        Assert.Fail("A stop was always over before it was seen.");
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task What_left_the_configuration_while_the_device_was_off_is_reported_gone()
    {
        await using var lab = await DeviceLab.StartAsync();
        lab.Device.Start();
        await KillWitness.AsksAsync(lab);
        await lab.Device.StopAsync(CancellationToken.None);
        Assert.That(Believed(await lab.ViewAsync()), Is.EquivalentTo(Kinds));

        await lab.ConfigureAsync(Bare());
        await lab.CutPowerAsync();
        File.WriteAllText(Path.Combine(Records(lab), Garbled), "{\"Object\":\"app:");      // stops nothing
        lab.Device.Start();
        await HearsAllGoneAsync(lab);
    }

    // The app's report is the last word on it: it comes when the guest is gone.
    static async Task HearsAllGoneAsync(DeviceLab lab)
    {
        await lab.UntilAsync("the controller hears that the app is gone", async () => !Believed(await lab.ViewAsync()).Contains("ainfo"));
        Assert.That(lab.Facts.Guest, Is.Null);
        await lab.UntilAsync("the controller hears that all is gone", async () => !Believed(await lab.ViewAsync()).Any());
        await lab.UntilAsync("nothing is remembered", () => Directory.GetFiles(Records(lab), "*.json").All(f => Path.GetFileName(f) == Garbled));
    }

    static IEnumerable<string> Believed(ControllerView view) => view.Objects.Select(o => o.Split(' ')[0]);

    static string Records(DeviceLab lab) => Path.Combine(lab.Root, "persist", "status", "zedagent", "private-info", "ReportedObject");

    // What is left without an owner is collected soon.
    static JsonObject Bare()
    {
        var config = DeviceConfig.Bare();
        config["configItems"]!.AsArray().Add(new JsonObject { ["key"] = "timer.gc.vdisk", ["value"] = "60" });
        return config;
    }
}
