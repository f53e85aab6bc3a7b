using System.Diagnostics;
using System.Security.Cryptography;
using Spectre.Console;

namespace Eve.Demo;

/// <summary>What the demo runs.</summary>
/// <param name="Zedbox">The device.</param>
/// <param name="Controller">LocalController.dll.</param>
/// <param name="Image">The application's disk.</param>
public sealed record Programs(string Zedbox, string Controller, string Image);

/// <summary>The main job of the product in small, told as the controller sees it.</summary>
public sealed class Demo(Lab lab, Programs programs)
{
    const string ImageName = "demo.qcow2";
    const string Hello = "hello from cloud-init";
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    readonly Stopwatch _clock = Stopwatch.StartNew();
    readonly List<(string Name, TimeSpan At)> _stages = [];

    /// <summary>Runs it all; 0 if the application answered and went.</summary>
    public async Task<int> RunAsync(bool keep, CancellationToken cancellationToken)
    {
        await lab.StartAsync(cancellationToken);
        try
        {
            Prepare();
            using var admin = new ControllerAdmin(Path.Combine(lab.Folder, "admin.sock"));
            StartController();
            await UntilAsync("controller up", async () => await admin.GetAsync("devices", cancellationToken) is not null, cancellationToken);
            using var device = new DeviceProcess(lab, programs.Zedbox);
            device.Start();
            await WatchAsync(admin, cancellationToken);
            await AnswerAsync(cancellationToken);
            Report(device);
            if (keep)
            {
                Explain();
                return 0;
            }
            await admin.PutAsync("devices/-/config", DeviceConfig.Bare().ToJsonString(), cancellationToken);
            await UntilAsync("app gone", async () => (await ViewAsync(admin, cancellationToken)).IsGone, cancellationToken);
            await device.StopAsync(cancellationToken);
            Stage("device stopped");
            return 0;
        }
        catch (TimeoutException exception)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{exception.Message}[/] Logs are in {lab.Folder}.");
            return 1;
        }
        finally
        {
            if (!keep)
                await lab.StopAsync(CancellationToken.None);
        }
    }

    void Prepare()
    {
        foreach (var old in Directory.GetDirectories(lab.Folder))
            Directory.Delete(old, recursive: true);
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
        foreach (var (name, reached) in ControllerView.Stages)
            await UntilAsync(name, async () => reached(await ViewAsync(admin, cancellationToken)), cancellationToken);
    }

    static async Task<ControllerView> ViewAsync(ControllerAdmin admin, CancellationToken cancellationToken) =>
        ControllerView.Of(await admin.GetAsync("devices/-/info?latest", cancellationToken));

    async Task AnswerAsync(CancellationToken cancellationToken)
    {
        var address = (await File.ReadAllLinesAsync(lab.Leases, cancellationToken))[0].Split(' ')[2];
        var answer = "";
        await UntilAsync("answering", async () =>
        {
            var (code, output) = await Lab.RunAsync(lab.ControllerSide, "curl", ["-s", "-m", "5", $"http://{address}:{DeviceConfig.Port}/"], cancellationToken);
            answer = output.Trim();
            return code == 0 && answer.Contains(Hello, StringComparison.Ordinal);
        }, cancellationToken);
        AnsiConsole.Write(new Panel(new Text(answer)) { Header = new($"http://{address}:{DeviceConfig.Port}/") });
    }

    async Task UntilAsync(string stage, Func<Task<bool>> reached, CancellationToken cancellationToken)
    {
        var began = _clock.Elapsed;
        while (!await reached())
        {
            if (_clock.Elapsed - began > Patience)
                throw new TimeoutException($"'{stage}' was not reached within {Patience.TotalMinutes} minutes.");
            await Task.Delay(PollInterval, cancellationToken);
        }
        Stage(stage);
    }

    void Stage(string name)
    {
        _stages.Add((name, _clock.Elapsed));
        AnsiConsole.MarkupLineInterpolated($"[grey]{_clock.Elapsed.TotalSeconds,7:0.0} s[/]  {name}");
    }

    void Report(DeviceProcess device)
    {
        var table = new Table().AddColumns("stage", "at", "took");
        var before = TimeSpan.Zero;
        foreach (var (name, at) in _stages)
        {
            table.AddRow(name, $"{at.TotalSeconds:0.0} s", $"{(at - before).TotalSeconds:0.0} s");
            before = at;
        }
        table.AddRow("zedbox: resident memory", $"{device.ResidentMegabytes:0} MB", "");
        table.AddRow("zedbox: size on disk", $"{new FileInfo(programs.Zedbox).Length / 1e6:0.0} MB", "");
        AnsiConsole.Write(table);
    }

    void Explain() => AnsiConsole.WriteLine(
        $"""
        Everything goes on running. To look at it:
          curl --unix-socket {lab.Folder}/admin.sock http://admin/                      what the controller can tell
          curl --unix-socket {lab.Folder}/admin.sock http://admin/devices/-/info?latest
          ip netns exec {lab.DeviceSide} ip addr                                        the device's network
          tail -f {lab.Folder}/device.log                                               its log
        To change the configuration:
          curl --unix-socket {lab.Folder}/admin.sock http://admin/devices/-/config > config.json   (edit it)
          curl --unix-socket {lab.Folder}/admin.sock -T config.json http://admin/devices/-/config
        To end it: make demo-stop
        """);
}
