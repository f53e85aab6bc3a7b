using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Eve.Demo;

namespace Eve.Footprint;

/// <summary>One device's life in the demo's lab, and what it costs on the way.</summary>
sealed class Measurement(Lab lab, Programs programs)
{
    const int Starts = 7;
    const string ImageName = "app.qcow2";
    const string SecondVolume = "b0000000-0000-4000-8000-000000000002";
    const string SecondApp = "a0000000-0000-4000-8000-000000000002";
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(20);
    static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(60);

    readonly DeviceLog _log = new(Path.Combine(lab.Folder, "device.log"));
    readonly List<string> _rows = [];

    /// <summary>Prints the figures as rows of a table; 0 if all were taken.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await lab.StartAsync(cancellationToken);
        try
        {
            Prepare();
            using var admin = new ControllerAdmin(Path.Combine(lab.Folder, "admin.sock"));
            Lab.Start(lab.ControllerSide, "dotnet",
                [
                    programs.Controller, "--data", Path.Combine(lab.Folder, "controller"), "--listen", Lab.ControllerAddress, "--name", Lab.ControllerName,
                    "--admin-socket", Path.Combine(lab.Folder, "admin.sock"), "--device-config", Path.Combine(lab.Folder, "device", "config"),
                    "--default-config", Path.Combine(lab.Folder, "config.json"),
                ],
                Path.Combine(lab.Folder, "controller.log"));
            await UntilAsync("the controller is up", async () => await admin.GetAsync("devices", cancellationToken) is not null, cancellationToken);
            using var device = new DeviceProcess(lab, programs.Zedbox);
            device.Start();
            await AppliedAsync(device.StartedAt, apps: 0, cancellationToken);
            Row("on disk", $"{new FileInfo(programs.Zedbox).Length / 1e6:0.0} MB");

            await StartsAsync(device, cancellationToken);
            await IdleAsync(device, cancellationToken);
            await FirstAppAsync(device, admin, cancellationToken);
            await SecondAppAsync(device, admin, cancellationToken);
            await device.StopAsync(cancellationToken);
        }
        finally
        {
            await lab.StopAsync(CancellationToken.None);
        }
        Console.WriteLine($"\nload average now: {File.ReadAllText("/proc/loadavg").Split(' ')[0]}\n\n| what | measured |\n| --- | --- |\n{string.Join('\n', _rows)}");
        return 0;
    }

    void Prepare()
    {
        foreach (var old in Directory.GetDirectories(lab.Folder))
            Directory.Delete(old, recursive: true);
        File.Delete(Path.Combine(lab.Folder, "device.log"));
        Directory.CreateDirectory(Path.Combine(lab.Folder, "controller", "datastore"));
        File.Copy(programs.Image, Path.Combine(lab.Folder, "controller", "datastore", ImageName));
        File.WriteAllText(Path.Combine(lab.Folder, "config.json"), DeviceConfig.Bare().ToJsonString());
    }

    // Of a device that is onboarded and has its configuration, from before its exec (a shell and `ip netns exec` included) to the last agent's first wait.
    async Task StartsAsync(DeviceProcess device, CancellationToken cancellationToken)
    {
        List<double> times = [];
        for (var i = 0; i < Starts; i++)
        {
            await device.StopAsync(cancellationToken);
            device.Start();
            var running = await SaidAsync("All ", " agents run", device.StartedAt, cancellationToken);
            times.Add((running - device.StartedAt).TotalMilliseconds);
            await AppliedAsync(device.StartedAt, apps: 0, cancellationToken);
        }
        times.Sort();
        Row("from exec until all agents run", $"{times[times.Count / 2]:0} ms ({times[0]:0} to {times[^1]:0})");
    }

    async Task IdleAsync(DeviceProcess device, CancellationToken cancellationToken)
    {
        await Task.Delay(Rest, cancellationToken);
        var figures = new ProcessFigures(device.Id);
        var before = figures.Computed;
        await Task.Delay(IdleTime, cancellationToken);
        Row("of a core, idle", $"{(figures.Computed - before) / IdleTime:0.00 %}");
        Memory("resident before the first app", figures);
    }

    async Task FirstAppAsync(DeviceProcess device, ControllerAdmin admin, CancellationToken cancellationToken)
    {
        var config = WithApp();
        await admin.PutAsync("devices/-/config", config.ToJsonString(), cancellationToken);
        await UntilAsync("the app runs", async () => await StateAsync(admin, "ainfo", DeviceConfig.App, cancellationToken) is "RUNNING", cancellationToken);
        await Task.Delay(Rest, cancellationToken);
        Memory("resident with one app", new ProcessFigures(device.Id));
    }

    // From "applied", which zedagent says when it has published all that follows from the configuration, to domainmgr's word that it calls the start.
    async Task SecondAppAsync(DeviceProcess device, ControllerAdmin admin, CancellationToken cancellationToken)
    {
        var config = WithApp();
        config["volumes"]!.AsArray().Add(DeviceConfig.VolumeOf(SecondVolume, "second volume", DeviceConfig.Content));
        await admin.PutAsync("devices/-/config", config.ToJsonString(), cancellationToken);
        await UntilAsync("the second volume is there", async () => await StateAsync(admin, "vinfo", SecondVolume, cancellationToken) is "CREATED_VOLUME" or "INSTALLED" or "DELIVERED", cancellationToken);

        config["apps"]!.AsArray().Add(DeviceConfig.AppOf(SecondApp, "second-app", "#cloud-config\nmessage: second\n", SecondVolume, DeviceConfig.Instance, DeviceConfig.Port + 1, mebibytes: 128));
        var asked = TimeProvider.System.GetUtcNow();
        await admin.PutAsync("devices/-/config", config.ToJsonString(), cancellationToken);
        var applied = await AppliedAsync(asked, apps: 2, cancellationToken);
        var started = await SaidAsync("app second-app: ", "Booting", asked, cancellationToken);
        Row("second app: configuration accepted until its domain's start is called", $"{(started - applied).TotalMilliseconds:0} ms");
        await Task.Delay(Rest, cancellationToken);
        Memory("resident with two apps", new ProcessFigures(device.Id));
    }

    JsonObject WithApp() => DeviceConfig.WithApp(
        $"http://{Lab.ControllerName}:8080", ImageName, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(programs.Image))), new FileInfo(programs.Image).Length,
        "#cloud-config\nmessage: first\n");

    static async Task<string?> StateAsync(ControllerAdmin admin, string kind, string id, CancellationToken cancellationToken) =>
        ControllerView.Of(await admin.GetAsync("devices/-/info?latest", cancellationToken)).Find(kind, id) is { } found && found.TryGetProperty("state", out var state) ? state.GetString() : null;

    Task<DateTimeOffset> AppliedAsync(DateTimeOffset after, int apps, CancellationToken cancellationToken) =>
        SaidAsync($"The configuration is applied: {apps} apps", "", after, cancellationToken);

    async Task<DateTimeOffset> SaidAsync(string beginning, string end, DateTimeOffset after, CancellationToken cancellationToken)
    {
        await UntilAsync($"the device says '{beginning}...{end}'", () => Task.FromResult(_log.Said(beginning, end, after) is not null), cancellationToken);
        return _log.Said(beginning, end, after)!.Value;
    }

    static async Task UntilAsync(string what, Func<Task<bool>> reached, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await reached())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
                throw new TimeoutException($"Not within {Patience.TotalMinutes} minutes: {what}.");
            await Task.Delay(50, cancellationToken);
        }
    }

    void Memory(string what, ProcessFigures figures)
    {
        foreach (var (part, resident, own) in figures.Memory.Where(part => part.Resident >= 0.5))
            Row(part == "all" ? what : $"– {part}", string.Create(CultureInfo.InvariantCulture, $"{resident:0.0} MB, {own:0.0} of them its alone"));
    }

    void Row(string what, string figure)
    {
        _rows.Add($"| {what} | {figure} |");
        Console.WriteLine($"{what}: {figure}");
    }
}
