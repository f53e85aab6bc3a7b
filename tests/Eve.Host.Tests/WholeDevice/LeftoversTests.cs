using Eve.Demo;
using NUnit.Framework;

namespace Eve.Tests.WholeDevice;

/// <summary>What a device looks like after applications, networks and volumes have come and gone: as before.</summary>
[Category("system")]
[NonParallelizable]
public class LeftoversTests
{
    // What may be there afterwards that was not there before, and why.
    static readonly (string Begins, string Reason)[] MayStay =
    [
    ];

    [TestCase(5)]
    [TestCase(20, Category = "long")]
    [CancelAfter(900_000)]
    public async Task What_is_created_and_deleted_leaves_nothing_behind(int rounds)
    {
        await using var lab = await DeviceLab.StartAsync(DeviceConfig.Bare());
        lab.Device.Start();
        await lab.UntilAsync("the device has its configuration", async () => (await lab.ViewAsync()).Find("dinfo") is { } device && device.TryGetProperty("deviceName", out _));
        var before = await SettledAsync(lab);
        for (var round = 1; round <= rounds; round++)
        {
            await lab.ConfigureAsync(DeviceLab.WithApp());
            await lab.UntilAnswersAsync();
            await lab.ConfigureAsync(DeviceConfig.Bare());
            await lab.UntilAsync("the controller sees the app gone", async () => (await lab.ViewAsync()).IsGone);
        }

        IReadOnlyList<string> more = [], fewer = [];
        await lab.UntilAsync("everything is as before:\n", async () =>
        {
            var after = await Leftovers.OfAsync(lab);
            more = [.. after.Except(before).Where(line => !MayStay.Any(m => line.StartsWith(m.Begins, StringComparison.Ordinal)))];
            fewer = [.. before.Except(after)];
            return more.Count + fewer.Count == 0;
        }, () => string.Join('\n', more.Select(l => $"+ {l}").Concat(fewer.Select(l => $"- {l}"))), seconds: 30);
    }

    // The device's first minute goes on for some seconds after its first report.
    static async Task<IReadOnlySet<string>> SettledAsync(DeviceLab lab)
    {
        var former = await Leftovers.OfAsync(lab);
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(3));
            var now = await Leftovers.OfAsync(lab);
            if (now.SetEquals(former))
                return now;
            former = now;
        }
    }
}
