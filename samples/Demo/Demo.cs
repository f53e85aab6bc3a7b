using System.Diagnostics;
using System.Security.Cryptography;
using Spectre.Console;

namespace Eve.Demo;

/// <summary>What the demo runs.</summary>
/// <param name="Zedbox">The device.</param>
/// <param name="Controller">LocalController.dll.</param>
/// <param name="Image">The application's disk.</param>
/// <param name="Rate">How many bytes a second the datastore sends; null: as fast as it can.</param>
public sealed record Programs(string Zedbox, string Controller, string Image, int? Rate);

/// <summary>The main job of the product in small, told as the controller sees it.</summary>
public sealed class Demo(Lab lab, Programs programs, Narrator narrator)
{
    const string ImageName = "demo.qcow2";
    const string Hello = "hello from cloud-init";
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>From nothing to the application's answer, and away again unless all is to be kept.</summary>
    public async Task RunAsync(bool keep, CancellationToken cancellationToken)
    {
        await lab.StartAsync(cancellationToken);
        Prepare();
        using var admin = new ControllerAdmin(Path.Combine(lab.Folder, "admin.sock"));
        StartController();
        await UntilAsync("controller up", async () => await admin.GetAsync("devices", cancellationToken) is not null, cancellationToken);
        if (programs.Rate is { } rate)
            await admin.PostAsync("faults", $$"""{"path": "/{{ImageName}}", "rate": {{rate}}}""", cancellationToken);
        narrator.Phase("lab");

        using var device = new DeviceProcess(lab, programs.Zedbox);
        device.Start();
        await WatchAsync(admin, cancellationToken);
        await AnswerAsync(cancellationToken);
        narrator.Phase("device and app");
        narrator.Table(
            ("zedbox: resident memory, with the app running", $"{device.ResidentMegabytes:0} MB"),
            ("zedbox: from its call until its watchdog sees all agents run", $"{(await device.StartUpAsync(cancellationToken)).TotalMilliseconds:0} ms"),
            ("zedbox: size of the executable", $"{new FileInfo(programs.Zedbox).Length / 1e6:0.0} MB"));
        if (keep)
            return;

        await admin.PutAsync("devices/-/config", DeviceConfig.Bare().ToJsonString(), cancellationToken);
        await UntilAsync("app gone", async () => (await ViewAsync(admin, cancellationToken)).IsGone, cancellationToken);
        await device.StopAsync(cancellationToken);
        narrator.Stage("device stopped");
        narrator.Phase("deletion");
    }

    void Prepare()
    {
        Directory.CreateDirectory(Path.Combine(lab.Folder, "controller", "datastore"));
        File.Copy(programs.Image, Path.Combine(lab.Folder, "controller", "datastore", ImageName));
        var digest = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(programs.Image)));
        var config = DeviceConfig.WithApp(
            $"http://{Lab.ControllerName}:8080", ImageName, digest, new FileInfo(programs.Image).Length, $"#cloud-config\nmessage: {Hello}\n");
        File.WriteAllText(FirstConfig, config.ToJsonString());
    }

    // What the controller has for a device that it sees for the first time.
    string FirstConfig => Path.Combine(lab.Folder, "config.json");

    void StartController() => Lab.Start(lab.ControllerSide, "dotnet",
        [
            programs.Controller, "--data", Path.Combine(lab.Folder, "controller"), "--listen", Lab.ControllerAddress, "--name", Lab.ControllerName,
            "--admin-socket", Path.Combine(lab.Folder, "admin.sock"), "--device-config", Path.Combine(lab.Folder, "device", "config"),
            "--default-config", FirstConfig,
        ],
        Path.Combine(lab.Folder, "controller.log"));

    async Task WatchAsync(ControllerAdmin admin, CancellationToken cancellationToken)
    {
        await UntilAsync("onboarded", async () => (await admin.GetAsync("devices", cancellationToken))?.GetArrayLength() > 0, cancellationToken);
        await UntilAsync("configured", async () => await admin.GetAsync("devices/-", cancellationToken) is { } device
            && device.TryGetProperty("sentConfigHash", out var last) && device.TryGetProperty("configHash", out var hash) && last.GetString() == hash.GetString(), cancellationToken);
        await narrator.ShowProgressAsync(async () =>
        {
            foreach (var (name, reached) in ControllerView.Installation)
                await UntilAsync(name, async () => reached(Progress(await ViewAsync(admin, cancellationToken))), cancellationToken);
        });
        foreach (var (name, reached) in ControllerView.Start)
            await UntilAsync(name, async () => reached(await ViewAsync(admin, cancellationToken)), cancellationToken);
    }

    ControllerView Progress(ControllerView view)
    {
        narrator.Progress("download", view.DownloadPercent);
        narrator.Progress("install", view.InstallPercent);
        return view;
    }

    static async Task<ControllerView> ViewAsync(ControllerAdmin admin, CancellationToken cancellationToken) =>
        ControllerView.Of(await admin.GetAsync("devices/-/info?latest", cancellationToken));

    async Task AnswerAsync(CancellationToken cancellationToken)
    {
        var url = $"http://{DeviceAddress}:{DeviceConfig.Port}/";
        var answer = "";
        await UntilAsync("answering", async () =>
        {
            var (code, output) = await Lab.RunAsync(lab.ControllerSide, "curl", ["-s", "-m", "5", url], cancellationToken);
            answer = output.Trim();
            return code == 0 && answer.Contains(Hello, StringComparison.Ordinal);
        }, cancellationToken);
        AnsiConsole.Write(new Panel(new Text(answer)) { Header = new(url) });
    }

    async Task UntilAsync(string stage, Func<Task<bool>> reached, CancellationToken cancellationToken)
    {
        var began = Stopwatch.StartNew();
        while (!await reached())
        {
            if (began.Elapsed > Patience)
                throw new TimeoutException($"'{stage}' was not reached within {Patience.TotalMinutes} minutes.");
            await Task.Delay(PollInterval, cancellationToken);
        }
        narrator.Stage(stage);
    }

    /// <summary>What can be done with a demo that was left running. Every line can be copied into a shell as it is.</summary>
    public void Explain() => Narrator.Say(
        $"""
        Everything goes on running.
        # what the controller can tell, what it knows of the device and its app
        curl -s --unix-socket {lab.Folder}/admin.sock http://admin/
        curl -s --unix-socket {lab.Folder}/admin.sock 'http://admin/devices/-/info?latest'
        # the device's network, its app's page, its log
        ip netns exec {lab.DeviceSide} ip addr
        ip netns exec {lab.ControllerSide} curl -s http://{DeviceAddress}:{DeviceConfig.Port}/
        tail -n 20 {lab.Folder}/device.log
        # change the configuration: get it, edit it (here: the app is to stop), put it back
        curl -s --unix-socket {lab.Folder}/admin.sock http://admin/devices/-/config > {lab.Folder}/new.json
        sed -i 's/"demo-app","activate":true/"demo-app","activate":false/' {lab.Folder}/new.json
        curl -s --unix-socket {lab.Folder}/admin.sock -T {lab.Folder}/new.json http://admin/devices/-/config
        # end it
        make demo-stop
        """);

    string DeviceAddress => File.ReadAllLines(lab.Leases)[0].Split(' ')[2];
}
