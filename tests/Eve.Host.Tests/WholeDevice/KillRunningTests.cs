using System.Text.Json.Nodes;
using Eve.Demo;
using NUnit.Framework;

namespace Eve.Tests.WholeDevice;

/// <summary>SIGKILL while an app runs, and while what the controller wants of it is being done: all on one device.</summary>
[Category("system")]
[NonParallelizable]
public class KillRunningTests
{
    const int MostTries = 4;

    [Test]
    [CancelAfter(300_000)]
    public async Task Killed_while_its_app_runs_restarts_stops_and_goes_a_device_does_what_was_wanted_once()
    {
        await using var lab = await DeviceLab.StartAsync();
        var config = DeviceLab.WithApp();
        lab.Device.Start();
        var app = await KillWitness.AsksAsync(lab);
        Assert.That(app.Boots, Is.EqualTo(1));

        await GuestLivesOnAsync(lab, app, () => lab.Device.KillAsync(CancellationToken.None));
        await GuestLivesOnAsync(lab, app, () => lab.Device.StopAsync(CancellationToken.None));
        app = await RestartsAsync(lab, config, app);
        app = await StopsAsync(lab, config, app);
        Assert.That((await lab.DownloadsAsync()).Requests, Is.EqualTo(1));
        await GoesAsync(lab, config);
    }

    static async Task GuestLivesOnAsync(DeviceLab lab, KillWitness app, Func<Task> end)
    {
        var guest = lab.Facts.Guest;
        await end();
        Assert.That(lab.Facts.Guest, Is.EqualTo(guest).And.Not.Null);
        Assert.That(await lab.PageAsync(), Is.EqualTo(app.Page), "it answers without the device");
        lab.Device.Start();
        Assert.That(await KillWitness.AsksAsync(lab), Is.EqualTo(app));
        Assert.That(lab.Facts.Guest, Is.EqualTo(guest));
        Assert.That(await lab.Facts.StrangersAsync(), Is.Empty);
    }

    static async Task<KillWitness> RestartsAsync(DeviceLab lab, JsonObject config, KillWitness app)
    {
        for (var counter = 1; counter <= MostTries; counter++)
        {
            var guest = lab.Facts.Guest;
            App(config)["restart"] = new JsonObject { ["counter"] = counter };
            await lab.ConfigureAsync(config);
            var killed = await KillStage.Stop.KillAsync(lab);
            if (killed)
                Assert.That(lab.Facts.Guest, Is.EqualTo(guest), "it goes down");
            if (!lab.Device.IsAlive)
                lab.Device.Start();
            await lab.UntilAsync("the former guest has ended", () => lab.Facts.Guest != guest);
            await lab.UntilAsync("another runs", () => lab.Facts.GuestRuns);
            var now = await KillWitness.AsksAsync(lab);
            Assert.That(now, Is.EqualTo(app.BootedAgain()));
            app = now;
            if (killed)
                return app;
        }
        Assert.Fail("A restart was always over before it was seen.");
        return app;
    }

    static async Task<KillWitness> StopsAsync(DeviceLab lab, JsonObject config, KillWitness app)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            App(config)["activate"] = false;
            await lab.ConfigureAsync(config);
            var killed = await KillStage.Stop.KillAsync(lab);
            if (!lab.Device.IsAlive)
                lab.Device.Start();
            await lab.UntilAsync("the controller hears that the app has stopped", async () => (await lab.ViewAsync()).AppState == "HALTED");
            Assert.That(lab.Facts.Guest, Is.Null);
            Assert.That(lab.Facts.VolumeExists);

            App(config)["activate"] = true;
            await lab.ConfigureAsync(config);
            await lab.UntilAsync("the app runs again", () => lab.Facts.GuestRuns);
            var now = await KillWitness.AsksAsync(lab);
            Assert.That(now, Is.EqualTo(app.BootedAgain()));
            app = now;
            if (killed)
                return app;
        }
        Assert.Fail("A stop was always over before it was seen.");
        return app;
    }

    static async Task GoesAsync(DeviceLab lab, JsonObject config)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            await lab.ConfigureAsync(WithoutApp());
            var killed = await KillStage.Removal.KillAsync(lab);
            if (!lab.Device.IsAlive)
                lab.Device.Start();
            await lab.UntilAsync("nothing is left of it", () => !lab.Facts.Remains.Any() && !lab.Facts.BridgeExists);
            if (killed)
            {
                await lab.Device.StopAsync(CancellationToken.None);
                Assert.That(await Lab.ProcessesAsync(lab.Lab.DeviceSide, CancellationToken.None), Is.Empty);
                return;
            }
            await lab.ConfigureAsync(config);
            await lab.UntilAnswersAsync();
        }
        Assert.Fail("A removal was always over before it was seen.");
    }

    // What a kill leaves without an owner is collected soon.
    static JsonObject WithoutApp()
    {
        var config = DeviceConfig.Bare();
        config["configItems"]!.AsArray().Add(new JsonObject { ["key"] = "timer.gc.vdisk", ["value"] = "60" });
        return config;
    }

    static JsonNode App(JsonObject config) => config["apps"]![0]!;
}
