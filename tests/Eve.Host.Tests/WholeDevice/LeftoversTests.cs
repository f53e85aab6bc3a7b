using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Eve.Demo;
using NUnit.Framework;

namespace Eve.Tests.WholeDevice;

/// <summary>What a device looks like after applications, networks and volumes have come and gone: as before.</summary>
[Category("system")]
[NonParallelizable]
public class LeftoversTests
{
    // What may be there afterwards that was not there before, and why.
    static readonly (string Pattern, string Reason)[] MayStay =
    [
        ("file persist/libvirt-cache(/.*)?", "what libvirt found out about the emulator: it takes 4 s to find out again"),
        ("file run/libvirt(/cache.*|/etc.*|/lib.*|/log|/log/qemu|/run.*)?", "libvirt's folders, made when it is first loaded; what it has of single guests lies in others"),
        ("file persist/vault/(downloader|downloader/pending|verifier|verifier/.*|volumes)", "folders, made when they are first needed: empty"),
        ("file persist/zedagent(/unsent)?", "the folder of messages that must arrive: empty"),
        ("file persist/newlog/(collect/dev[^/]*|devUpload/.*|keepSentQueue/.*|appUpload)", "logs: the device's own go on, and those that were sent are kept while there is room"),
        ("key downloader/MetricsMap global", "how its connections went, since it had any"),
        ("key volumemgr/DiskMetric -persist-vault-(downloader|verifier|volumes)", "how large those folders are"),
        ("file run/domainmgr(/cloudinit|/console)?", "folders, made with the first guest: empty"),
        ("file run/zedrouter(/dnsmasq.leases)?", "folders, made with the first network: empty"),
    ];

    [TestCase(5)]
    [TestCase(20, Category = "long")]
    [CancelAfter(900_000)]
    public async Task What_is_created_and_deleted_leaves_nothing_behind(int rounds)
    {
        await using var lab = await DeviceLab.StartAsync(Quick(DeviceConfig.Bare()));
        lab.Device.Start();
        await lab.UntilAsync("the device has its configuration", async () => (await lab.ViewAsync()).Find("dinfo") is { } device && device.TryGetProperty("deviceName", out _));
        var before = await SettledAsync(lab);
        for (var round = 1; round <= rounds; round++)
        {
            await lab.ConfigureAsync(Quick(DeviceLab.WithApp()));
            await lab.UntilAnswersAsync();
            await lab.ConfigureAsync(Quick(DeviceConfig.Bare()));
            await lab.UntilAsync("the controller sees the app gone", async () => (await lab.ViewAsync()).IsGone);
        }

        IReadOnlyList<string> more = [], fewer = [];
        await lab.UntilAsync("everything is as before:\n", async () =>
        {
            var after = await Leftovers.OfAsync(lab);
            more = [.. after.Except(before).Where(line => !MayStay.Any(m => Regex.IsMatch(line, $"^({m.Pattern})$")))];
            fewer = [.. before.Except(after).Where(line => !MayStay.Any(m => Regex.IsMatch(line, $"^({m.Pattern})$")))];
            return more.Count + fewer.Count == 0;
        }, () => string.Join('\n', more.Select(l => $"+ {l}").Concat(fewer.Select(l => $"- {l}"))), seconds: 30);
    }

    // What applications logged goes to the controller within seconds; else it would wait some minutes.
    static JsonObject Quick(JsonObject config) => config.With("configItems", new JsonObject { ["key"] = "newlog.allow.fastupload", ["value"] = "true" });

    // The device's first minute goes on for some seconds after its first report; diag tells of it five seconds later at most.
    static async Task<IReadOnlySet<string>> SettledAsync(DeviceLab lab)
    {
        var former = await Leftovers.OfAsync(lab);
        for (var looks = 0; looks < 20; looks++)
        {
            await Task.Delay(TimeSpan.FromSeconds(6));
            var now = await Leftovers.OfAsync(lab);
            if (now.SetEquals(former) && now.Any(line => line.Contains("onboarded and connected", StringComparison.Ordinal)))
                return now;
            former = now;
        }
        throw new AssertionException("The device, with nothing to do, does not come to rest.");
    }
}
