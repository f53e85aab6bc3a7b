using System.Text.Json.Nodes;
using Eve.Demo;
using NUnit.Framework;

namespace Eve.Tests.WholeDevice;

/// <summary>What the controller is to read of one object: words of the thing, of the value and of the remedy.</summary>
/// <param name="Kind">cinfo, vinfo, niinfo or ainfo.</param>
/// <param name="Id">The object's id in the configuration.</param>
/// <param name="Words">All of them.</param>
public sealed record Complaint(string Kind, string Id, params string[] Words);

/// <summary>The application that goes on while everything else is wrong: never restarted, never downloaded again.</summary>
public sealed record GoodApp(IReadOnlyList<int> Guest, string Page);

/// <summary>What the bad-input sessions share.</summary>
public static class BadInput
{
    const string Store = $"http://{Lab.ControllerName}:8080";

    public static string Id(char kind, int number) => $"{kind}0000000-0000-4000-8000-{number:d12}";

    /// <summary>Starts the device and waits for its first application.</summary>
    public static async Task<GoodApp> StartAsync(this DeviceLab lab)
    {
        lab.Device.Start();
        var page = await lab.UntilAnswersAsync();
        return new(await lab.GuestAsync(DeviceConfig.App), page);
    }

    /// <summary>The emulator of an application.</summary>
    public static Task<IReadOnlyList<int>> GuestAsync(this DeviceLab lab, string app) => lab.ProcessesAsync("qemu-system", $"guest={app}");

    /// <summary>Nothing has happened to the good application.</summary>
    public static async Task AssertUnmovedAsync(this DeviceLab lab, GoodApp app)
    {
        Assert.That(await lab.UntilAnswersAsync(), Is.EqualTo(app.Page), "the page tells how often its disk was booted");
        Assert.That(app.Guest, Has.Count.EqualTo(1));
        Assert.That(await lab.GuestAsync(DeviceConfig.App), Is.EqualTo(app.Guest));
        Assert.That((await lab.DownloadsAsync()).Requests, Is.EqualTo(1));
        Assert.That((await lab.ViewAsync()).Errors("ainfo", DeviceConfig.App), Is.Empty);
    }

    /// <summary>Waits until the controller reads all of them; those that it does not are told with what it reads instead.</summary>
    public static async Task UntilToldAsync(this DeviceLab lab, params Complaint[] complaints)
    {
        // Each by itself: an app that comes and goes has an error from time to time.
        var (untold, missing) = (complaints.ToList(), new List<string>());
        await lab.UntilAsync("the controller is told:\n", async () =>
        {
            var view = await lab.ViewAsync();
            foreach (var told in untold.Where(c => c.Words.All(view.Errors(c.Kind, c.Id).Contains)).ToList())
            {
                await TestContext.Progress.WriteLineAsync($"{told.Kind} {told.Id}: {view.Errors(told.Kind, told.Id)}");
                untold.Remove(told);
            }
            missing = [.. untold.Select(c => $"{c.Kind} {c.Id}: '{string.Join("' '", c.Words)}'; it reads '{view.Errors(c.Kind, c.Id)}'")];
            return missing.Count == 0;
        }, () => string.Join('\n', missing));
    }

    /// <summary>Waits until the controller reads of no error of these objects, and sees them in a state.</summary>
    public static async Task UntilMendedAsync(this DeviceLab lab, string kind, IEnumerable<string> ids, Func<System.Text.Json.JsonElement, bool> works)
    {
        var bad = new List<string>();
        await lab.UntilAsync("mended:\n", async () =>
        {
            var view = await lab.ViewAsync();
            bad = [.. ids.Where(id => view.Errors(kind, id).Length > 0 || view.Find(kind, id) is not { } found || !works(found)).Select(id => $"{kind} {id}: {view.Find(kind, id)}")];
            return bad.Count == 0;
        }, () => string.Join('\n', bad));
    }

    /// <summary>What the device says of the configuration as a whole, of its ports and of what has no report of its own.</summary>
    public static Task UntilDeviceTellsAsync(this DeviceLab lab, params string[] words)
    {
        var told = "";
        return lab.UntilAsync($"the device tells of '{string.Join("' '", words)}':\n", async () =>
        {
            told = (await lab.ViewAsync()).Find("dinfo") is { } device ? $"{Member(device, "configItemStatus")}\n{Member(device, "systemAdapter")}" : "";
            return words.All(told.Contains);
        }, () => told);
    }

    /// <summary>Adds objects to sections of a configuration.</summary>
    public static JsonObject With(this JsonObject config, string section, params JsonNode[] objects)
    {
        if (config[section] is not JsonArray all)
            config[section] = all = [];
        foreach (var one in objects)
            all.Add(one);
        return config;
    }

    /// <summary>A piece of content, and a volume from it that no application uses.</summary>
    public static JsonObject WithContent(this JsonObject config, int number, string name, string file, string sha256, long size, string format = "RAW") => config
        .With("contentInfo", DeviceConfig.ContentOf(Id('c', number), $"content {name}", file, sha256, size, format))
        .With("volumes", DeviceConfig.VolumeOf(Id('b', number), $"volume {name}", Id('c', number)));

    public static Task FaultAsync(this DeviceLab lab, JsonObject fault) => lab.Admin.PostAsync("faults", fault.ToJsonString(), CancellationToken.None);

    /// <summary>The state of an object, an empty text while it has none.</summary>
    public static string State(System.Text.Json.JsonElement one) => one.TryGetProperty("state", out var state) ? state.GetString()! : "";

    /// <summary>Whether a network instance is up.</summary>
    public static bool IsActive(System.Text.Json.JsonElement network) => network.TryGetProperty("activated", out var activated) && activated.GetBoolean();

    static string Member(System.Text.Json.JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetRawText() : "";
}
