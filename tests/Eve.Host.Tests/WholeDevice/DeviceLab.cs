using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Eve.Demo;
using NUnit.Framework;

namespace Eve.Tests.WholeDevice;

/// <summary>A topic of the device, as it stands.</summary>
public sealed record DeviceTopic(string Topic, bool Published, bool Complete, int Readers, IReadOnlyList<string> Keys);

/// <summary>A controller, a device and a wire between them, for one test: namespaces, root and processes of its own, all gone at the end.</summary>
public sealed class DeviceLab : IAsyncDisposable
{
    public const string Image = "demo.qcow2";
    public const string Hello = "hello from a test";
    const int LongestLine = 300;
    static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(150);
    static int _labs;

    readonly string _folder;
    readonly List<string> _mounts = [];
    Process? _controller;

    DeviceLab(string folder)
    {
        _folder = folder;
        // Other runs of the tests have labs of their own names.
        Lab = new Lab($"e{Environment.ProcessId % 0x100000:x}{Interlocked.Increment(ref _labs)}", folder);
        Admin = new ControllerAdmin(Path.Combine(folder, "admin.sock"));
        Device = new DeviceProcess(Lab, Zedbox);
        Facts = new KillFacts(this);
    }

    public Lab Lab { get; }
    public ControllerAdmin Admin { get; }
    public DeviceProcess Device { get; private set; }

    /// <summary>How far the device has come, whether it lives or not.</summary>
    public KillFacts Facts { get; }

    /// <summary>The device's root.</summary>
    public string Root => Device.Root;

    static string Checkout { get; } = Find(AppContext.BaseDirectory);
    // EVE_ZEDBOX names another build of it.
    internal static string Zedbox => Environment.GetEnvironmentVariable("EVE_ZEDBOX") ?? Path.Combine(Checkout, "dist", "zedbox");
    internal static string ImageFile => Path.Combine(Checkout, "dist", "image", Image);

    /// <summary>Sets everything up; the device is not started yet.</summary>
    /// <param name="config">What the controller has for the device; one application by default.</param>
    public static async Task<DeviceLab> StartAsync(JsonObject? config = null)
    {
        Assert.That(Zedbox, Does.Exist, "make build makes it");
        Assert.That(ImageFile, Does.Exist, "eng/image.sh makes it");
        var lab = new DeviceLab(Directory.CreateTempSubdirectory("eve-lab-").FullName);
        await lab.Lab.StartAsync(CancellationToken.None);
        var store = Directory.CreateDirectory(Path.Combine(lab._folder, "controller", "datastore")).FullName;
        File.Copy(ImageFile, Path.Combine(store, Image));
        File.WriteAllText(Path.Combine(lab._folder, "config.json"), (config ?? WithApp()).ToJsonString());
        await lab.StartControllerAsync();
        return lab;
    }

    /// <summary>The demo's configuration, with this test's image.</summary>
    public static JsonObject WithApp() => DeviceConfig.WithApp(
        $"http://{Lab.ControllerName}:8080", Image, ImageDigest, ImageSize, $"#cloud-config\nmessage: {Hello}\n");

    public static long ImageSize => new FileInfo(ImageFile).Length;

    public static string ImageDigest { get; } = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(ImageFile)));

    public async Task StartControllerAsync()
    {
        _controller = Demo.Lab.Start(Lab.ControllerSide, "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "LocalController.dll"), "--data", Path.Combine(_folder, "controller"), "--listen", Lab.ControllerAddress,
                "--name", Lab.ControllerName, "--admin-socket", Path.Combine(_folder, "admin.sock"), "--device-config", Path.Combine(Root, "config"),
                "--default-config", Path.Combine(_folder, "config.json"),
            ],
            Path.Combine(_folder, "controller.log"));
        await UntilAsync("the controller answers", async () => await Admin.GetAsync("devices", CancellationToken.None) is not null);
    }

    public async Task StopControllerAsync()
    {
        await Lab.SignalAsync("-TERM", [_controller!.Id], CancellationToken.None);
        await _controller.WaitForExitAsync();
    }

    /// <summary>Makes something go wrong for requests of a path.</summary>
    public Task SpoilAsync(string fault) => Admin.PostAsync("faults", fault, CancellationToken.None);

    /// <summary>Kills the device while a request of a path waits for its answer.</summary>
    public async Task KillWhileItAsksAsync(string path)
    {
        await SpoilAsync($$"""{"path": "{{path}}", "delayMilliseconds": 10000, "times": 1}""");
        Device.Start();
        await UntilAsync($"{path} is asked", async () =>
            (await Admin.GetAsync("faults", CancellationToken.None))!.Value.EnumerateArray().All(f => f.GetProperty("path").GetString() != path));
        await Device.KillAsync(CancellationToken.None);
    }

    /// <summary>Cuts the device's power: what it had in memory and in /run is gone.</summary>
    public async Task CutPowerAsync()
    {
        await Device.KillAsync(CancellationToken.None);
        await Lab.CutPowerAsync(CancellationToken.None);
        Directory.Delete(Path.Combine(Root, "run"), recursive: true);
    }

    /// <summary>How many devices the controller knows.</summary>
    public async Task<int> DevicesAsync() => (await Admin.GetAsync("devices", CancellationToken.None))!.Value.GetArrayLength();

    /// <summary>Changes what the device is to be.</summary>
    public Task ConfigureAsync(JsonObject config) => Admin.PutAsync("devices/-/config", config.ToJsonString(), CancellationToken.None);

    /// <summary>What the controller knows of the device's objects.</summary>
    public async Task<ControllerView> ViewAsync() => ControllerView.Of(await Admin.GetAsync("devices/-/info?latest", CancellationToken.None));

    /// <summary>Puts a file into the datastore.</summary>
    /// <returns>Its digest.</returns>
    public string Serve(string name, byte[] content)
    {
        var path = Path.Combine(_folder, "controller", "datastore", name);
        File.WriteAllBytes(path + ".new", content);
        File.Move(path + ".new", path, overwrite: true);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    /// <summary>A folder of the device becomes a small disk of its own, or that disk another size.</summary>
    public async Task SmallDiskAsync(string folder, int mebibytes)
    {
        Directory.CreateDirectory(folder);
        var known = _mounts.Contains(folder);
        var (code, output) = await Lab.RunHereAsync("mount", ["-t", "tmpfs", "-o", $"{(known ? "remount," : "")}size={mebibytes}m", "tmpfs", folder], CancellationToken.None);
        Assert.That(code, Is.Zero, output);
        if (!known)
            _mounts.Add(folder);
    }

    /// <summary>The running device no longer finds a file of the machine, or finds it again: only inside its own mount namespace.</summary>
    public async Task HideAsync(string file, bool hidden = true)
    {
        await UntilAsync("the device has mounts of its own", () => File.ResolveLinkTarget($"/proc/{Device.Id}/ns/mnt", false)!.Name != File.ResolveLinkTarget("/proc/self/ns/mnt", false)!.Name);
        string[] change = hidden ? ["mount", "--bind", "/dev/null", Target(file)] : ["umount", Target(file)];
        var (code, output) = await Lab.RunHereAsync("nsenter", ["-t", Device.Id.ToString(CultureInfo.InvariantCulture), "-m", .. change], CancellationToken.None);
        Assert.That(code, Is.Zero, output);
    }

    /// <summary>Starts the device where it has never seen a file of the machine; HideAsync brings it back.</summary>
    public void StartWithout(string file)
    {
        // Started in a network namespace, it has a mount namespace of its own: the machine keeps the file.
        var script = Path.Combine(_folder, "without");
        File.WriteAllText(script, $"#!/bin/sh\nmount --bind /dev/null '{Target(file)}' && exec '{Zedbox}' \"$@\"\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Device.Dispose();
        Device = new DeviceProcess(Lab, script);
        Device.Start();
    }

    static string Target(string file) => new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file;

    /// <summary>What is on the device's bus now: it writes that down when it is asked.</summary>
    public async Task<IReadOnlyList<DeviceTopic>> TopicsAsync()
    {
        var file = Path.Combine(Root, "run", "topics.json");
        File.Delete(file);
        await Lab.SignalAsync("-USR1", [Device.Id], CancellationToken.None);
        await UntilAsync("the device tells its topics", () => File.Exists(file));
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(file));
        return [.. json.RootElement.GetProperty("topics").EnumerateArray().Select(t => t.Deserialize<DeviceTopic>(JsonSerializerOptions.Web)!)];
    }

    /// <summary>Processes of the device whose command line has all these words.</summary>
    public async Task<IReadOnlyList<int>> ProcessesAsync(params string[] words) =>
        [.. (await Lab.ProcessesAsync(Lab.DeviceSide, CancellationToken.None)).Where(id => words.All(CommandLine(id).Contains))];

    /// <summary>A process as it was called; empty if it is gone.</summary>
    public static string CommandLine(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>The application's page; null while it does not answer.</summary>
    /// <param name="port">The port of the device to which the application's is mapped.</param>
    /// <param name="message">What the page must have.</param>
    public async Task<string?> PageAsync(int port = DeviceConfig.Port, string message = Hello)
    {
        if (!File.Exists(Lab.Leases))
            return null;
        var leases = await File.ReadAllLinesAsync(Lab.Leases);
        if (leases.Length == 0)
            return null;
        var url = $"http://{leases[0].Split(' ')[2]}:{port}/";
        var (code, page) = await Lab.RunAsync(Lab.ControllerSide, "curl", ["-s", "-m", "3", url], CancellationToken.None);
        return code == 0 && page.Contains(message, StringComparison.Ordinal) ? page : null;
    }

    /// <summary>How often a file of the datastore was asked for, and how many bytes of it went out.</summary>
    public async Task<(int Requests, long Bytes)> DownloadsAsync(string file = Image)
    {
        var files = await Admin.GetAsync("datastore", CancellationToken.None);
        var found = files!.Value.EnumerateArray().First(f => f.GetProperty("path").GetString() == "/" + file);
        return (found.GetProperty("requests").GetInt32(), found.GetProperty("sent").GetInt64());
    }

    /// <summary>Waits for a fact; fails with its name and the end of the device's log.</summary>
    /// <param name="fact">It.</param>
    /// <param name="holds">Whether it is one.</param>
    /// <param name="missing">What is missing, for the failure.</param>
    /// <param name="seconds">Longer is too long.</param>
    public async Task UntilAsync(string fact, Func<Task<bool>> holds, Func<string>? missing = null, int seconds = 90)
    {
        var began = Stopwatch.StartNew();
        while (!await holds())
        {
            if (began.Elapsed.TotalSeconds > seconds)
                Assert.Fail($"Not within {seconds} s: {fact}{missing?.Invoke()}\nOf the app the controller has heard: {(await ViewAsync()).Find("ainfo")}\n{LogEnd()}");
            await Task.Delay(PollInterval);
        }
    }

    public Task UntilAsync(string fact, Func<bool> holds, int seconds = 90) => UntilAsync(fact, () => Task.FromResult(holds()), null, seconds);

    /// <summary>Waits until the application answers, and returns its page.</summary>
    public async Task<string> UntilAnswersAsync(int port = DeviceConfig.Port, string message = Hello)
    {
        string? page = null;
        await UntilAsync($"the application at port {port} answers", async () => (page = await PageAsync(port, message)) is not null);
        return page!;
    }

    internal string LogEnd()
    {
        var log = Path.Combine(_folder, "device.log");
        return File.Exists(log) ? string.Join('\n', File.ReadLines(log).TakeLast(40).Select(l => l.Length > LongestLine ? l[..LongestLine] : l)) : "The device has no log.";
    }

    static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Eve.sln")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("There is no Eve.sln above the tests."));

    public async ValueTask DisposeAsync()
    {
        await Lab.StopAsync(CancellationToken.None);
        foreach (var mount in _mounts)
            await Lab.RunHereAsync("umount", [mount], CancellationToken.None);
        Admin.Dispose();
        Device.Dispose();
        if (TestContext.CurrentContext.Result.FailCount > 0)
            TestContext.Out.WriteLine(LogEnd());
        Directory.Delete(_folder, recursive: true);
    }
}
