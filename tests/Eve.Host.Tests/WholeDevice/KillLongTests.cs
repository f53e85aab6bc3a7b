using NUnit.Framework;

namespace Eve.Tests.WholeDevice;

/// <summary>The long series: a device of its own for each stage, and kills whenever it happens.</summary>
[Category("system")]
[Category("long")]
[NonParallelizable]
public class KillLongTests
{
    const int MostTries = 10;
    const int Kills = 8;

    [TestCaseSource(typeof(KillStage), nameof(KillStage.Installation))]
    public async Task A_device_that_is_killed_at_one_stage_comes_to_its_app(KillStage stage)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            await using var lab = await KillInstallationTests.SlowLabAsync();
            lab.Device.Start();
            var killed = await stage.KillAsync(lab);
            var onDisk = lab.Facts.Pending;
            if (!lab.Device.IsAlive)
                lab.Device.Start();
            await KillInstallationTests.ArrivedAsync(lab, [onDisk]);
            if (killed)
                return;
        }
        Assert.Fail($"{stage} was always over before it was seen.");
    }

    [Test]
    public async Task A_device_that_is_killed_again_and_again_comes_to_its_app([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        await using var lab = await KillInstallationTests.SlowLabAsync();
        List<long> onDisk = [];
        for (var kills = 0; kills < Kills; kills++)
        {
            lab.Device.Start();
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(200, 5000)));
            await lab.Device.KillAsync(CancellationToken.None);
            onDisk.Add(lab.Facts.Pending);
        }
        lab.Device.Start();
        await KillInstallationTests.ArrivedAsync(lab, onDisk);
    }
}
