using NUnit.Framework;

namespace Eve.Tests.WholeDevice;

/// <summary>SIGKILL on the way from nothing to an app that answers. One device is killed at all stages, one after the other.</summary>
[Category("system")]
[NonParallelizable]
public class KillInstallationTests
{
    const int MostTries = 4;

    [Test]
    [CancelAfter(300_000)]
    public async Task Killed_at_each_stage_of_its_way_a_device_comes_to_its_app()
    {
        var left = KillStage.Installation;
        for (var tries = 0; left.Count > 0; tries++)
        {
            Assert.That(tries, Is.LessThan(MostTries), $"always over before they were seen: {string.Join(", ", left)}");
            left = await InstallAsync(left);
        }
    }

    /// <summary>The image comes slowly enough for all that a device does beside.</summary>
    internal static async Task<DeviceLab> SlowLabAsync()
    {
        var lab = await DeviceLab.StartAsync();
        await lab.SpoilAsync($$"""{"path": "/{{DeviceLab.Image}}", "rate": 5000000}""");
        return lab;
    }

    // Returns the stages that went by unseen.
    static async Task<IReadOnlyList<KillStage>> InstallAsync(IReadOnlyList<KillStage> stages)
    {
        await using var lab = await SlowLabAsync();
        await OnboardAsync(lab);
        List<KillStage> missed = [];
        List<long> onDisk = [];
        int? booting = null;
        lab.Device.Start();
        foreach (var stage in stages)
        {
            if (!await stage.KillAsync(lab))
                missed.Add(stage);
            if (lab.Device.IsAlive)
                continue;
            onDisk.Add(lab.Facts.Pending);
            booting = lab.Facts.GuestBoots ? lab.Facts.Guest : null;
            lab.Device.Start();
        }
        await ArrivedAsync(lab, onDisk);
        if (booting is { } guest)
            Assert.That(lab.Facts.Guest, Is.EqualTo(guest), "the guest that booted when its device was killed");
        return missed;
    }

    static async Task OnboardAsync(DeviceLab lab)
    {
        await lab.KillWhileItAsksAsync("*/register");
        Assert.That(lab.Facts.HasCertificate, "it has made its key");
        Assert.That(await lab.DevicesAsync(), Is.Zero, "the controller has not taken it");
        await lab.KillWhileItAsksAsync("*/uuid");
        Assert.That(await lab.DevicesAsync(), Is.EqualTo(1), "the controller has taken it");
        Assert.That(lab.Facts.KnowsItsUuid, Is.False, "it has not heard who it is");
    }

    /// <summary>The device has come to its app, once, as it was promised, and nothing is left of its former lives.</summary>
    /// <param name="onDisk">What there was of the image at each kill.</param>
    internal static async Task ArrivedAsync(DeviceLab lab, IReadOnlyCollection<long> onDisk)
    {
        var promised = lab.Facts.Promised;
        var app = await KillWitness.AsksAsync(lab);
        Assert.That(app.Uuid, Is.EqualTo(Demo.DeviceConfig.App));
        Assert.That(app.Boots, Is.EqualTo(1));
        Assert.That(app.Page, Does.Contain(app.Address));
        if (promised is { } before)
            Assert.That((app.Mac, app.Address), Is.EqualTo(before), "what was promised before the last kill");
        Assert.That(await lab.DevicesAsync(), Is.EqualTo(1));
        await KillDownloads.CheckAsync(lab, onDisk);
        Assert.That(() => lab.Facts.HalfWritten, Is.Empty.After(10).Seconds.PollEvery(100).MilliSeconds);
        Assert.That(await lab.Facts.StrangersAsync(), Is.Empty);
    }
}
