using System.Text.Json;
using Eve.Demo;
using NUnit.Framework;

namespace Eve.Tests.WholeDevice;

/// <summary>The controller is gone for good, and its datastore with it.</summary>
[Category("system")]
[NonParallelizable]
public class OfflineTests
{
    static readonly string[] Kinds = ["dinfo", "ainfo", "niinfo", "cinfo", "vinfo"];

    [Test]
    [CancelAfter(300_000)]
    public async Task Without_its_controller_a_device_boots_its_app_and_tells_all_when_it_is_back()
    {
        await using var lab = await DeviceLab.StartAsync();
        lab.Device.Start();
        var app = await KillWitness.AsksAsync(lab);

        await lab.StopControllerAsync();
        await lab.CutPowerAsync();
        var cut = TimeProvider.System.GetUtcNow();
        lab.Device.Start();
        Assert.That(await lab.UntilAnswersAsync(), Is.EqualTo(app.BootedAgain().Page));
        var guest = lab.Facts.Guest;

        await lab.UntilAsync("what the controller must hear waits on the disk", () => Waiting(lab).Contains("app:" + DeviceConfig.App));
        await lab.Device.KillAsync(CancellationToken.None);
        var waiting = Waiting(lab);
        lab.Device.Start();
        await lab.UntilAsync("the device has gone through its second start without a controller", () => Waiting(lab).IsSupersetOf(waiting) && lab.Facts.Guest == guest);

        await lab.StartControllerAsync();
        Assert.That(await KillWitness.AsksAsync(lab), Is.EqualTo(app.BootedAgain()));
        Assert.That(lab.Facts.Guest, Is.EqualTo(guest));
        await lab.UntilAsync("nothing waits any more", () => lab.Facts.Unsent.Length == 0);
        var view = await lab.ViewAsync();
        Assert.That(view.Restarts, Is.EqualTo(2));
        foreach (var kind in Kinds)
            Assert.That(view.ToldAt(kind), Is.GreaterThan(cut), kind);
        Assert.That((await lab.DownloadsAsync()).Requests, Is.Zero, "counted since the controller is back");
    }

    static HashSet<string> Waiting(DeviceLab lab)
    {
        HashSet<string> keys = [];
        foreach (var file in lab.Facts.Unsent)
        {
            try
            {
                using var message = JsonDocument.Parse(File.ReadAllBytes(file));
                keys.Add(message.RootElement.GetProperty("Key").GetString()!);
            }
            catch (FileNotFoundException)
            {
                // sent, or replaced, in the meantime
            }
        }
        return keys;
    }
}
