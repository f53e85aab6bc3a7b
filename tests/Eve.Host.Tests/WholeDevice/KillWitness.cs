using System.Globalization;
using System.Text.RegularExpressions;
using Eve.Demo;
using NUnit.Framework;

namespace Eve.Tests.WholeDevice;

/// <summary>What a device's app is to others: to the controller, and to who opens its page (address, host name, user data, boots of its disk).</summary>
public sealed partial record KillWitness(string Uuid, string Mac, string Address, string Page)
{
    /// <summary>How often the app's disk was booted: the volume's content.</summary>
    public int Boots => int.Parse(Counter().Match(Page).Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>The same app after another boot of the same disk.</summary>
    public KillWitness BootedAgain(int times = 1) => this with { Page = Counter().Replace(Page, $"boots:    {Boots + times}") };

    /// <summary>Waits until the device in its present life says that its app runs, and the app answers.</summary>
    public static async Task<KillWitness> AsksAsync(DeviceLab lab)
    {
        ControllerView? view = null;
        await lab.UntilAsync("the controller hears that the app runs", async () => (view = await lab.ViewAsync()).AppState == "RUNNING" && view.ToldAt("ainfo") > lab.Device.StartedAt
            && view.AppAddress is not null);
        var app = view!.Find("ainfo")!.Value;
        return new(app.GetProperty("AppID").GetString()!, app.GetProperty("network")[0].GetProperty("macAddr").GetString()!, view.AppAddress!, await lab.UntilAnswersAsync());
    }

    [GeneratedRegex("boots: +([0-9]+)")]
    private static partial Regex Counter();
}

/// <summary>The requests for the image.</summary>
public static class KillDownloads
{
    /// <summary>Nothing that was on the disk when the device was killed is sent again.</summary>
    /// <param name="onDisk">What lay there at each kill.</param>
    public static async Task CheckAsync(DeviceLab lab, IReadOnlyCollection<long> onDisk)
    {
        var requests = (await lab.Admin.GetAsync("datastore/requests", CancellationToken.None))!.Value.EnumerateArray()
            .Where(r => r.GetProperty("path").GetString() == "/" + DeviceLab.Image)
            .Select(r => (Start: r.TryGetProperty("range", out var range) ? Start(range.GetString()!) : 0, Sent: r.GetProperty("sent").GetInt64())).ToList();
        TestContext.Out.WriteLine($"downloads: {string.Join(", ", requests)}; on disk at the kills: {string.Join(", ", onDisk)}");
        Assert.That(requests.Select(r => r.Start), Is.Ordered.And.SubsetOf(onDisk.Append(0)));
        Assert.That(requests[^1].Sent, Is.EqualTo(DeviceLab.ImageSize - requests[^1].Start), "the last request brings the rest");
        var cut = requests.Zip(requests.Skip(1), (r, next) => r.Sent - (next.Start - r.Start)).ToList();
        Assert.That(cut, Is.All.GreaterThanOrEqualTo(0));
        Assert.That(requests.Sum(r => r.Sent), Is.EqualTo(DeviceLab.ImageSize + cut.Sum()), "the image and what was cut");
    }

    static long Start(string range) => long.Parse(range.AsSpan("bytes=".Length, range.IndexOf('-', StringComparison.Ordinal) - "bytes=".Length), CultureInfo.InvariantCulture);
}
