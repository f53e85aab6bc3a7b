using System.Diagnostics;
using System.Globalization;
using Eve.Demo;
using NUnit.Framework;

namespace Eve.Tests.WholeDevice;

/// <summary>The demo's program as somebody in a terminal runs it, but under a name and in a folder of the test's.</summary>
public sealed class DemoRun : IDisposable
{
    static int _runs;
    readonly Process _process;
    readonly List<string> _lines = [];

    DemoRun(Process process) => _process = process;

    public static string NewName() => $"ed{Environment.ProcessId % 0x10000:x}{Interlocked.Increment(ref _runs)}";

    /// <summary>Where the demo of a name keeps its files.</summary>
    public static string FolderOf(string name) => Path.Combine(Path.GetTempPath(), "eve-demo-" + name);

    /// <summary>What it has said so far.</summary>
    public string Output => string.Join('\n', _lines);

    public static DemoRun Start(string name, params string[] options)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Demo.dll"), "--name", name, "--folder", FolderOf(name), "--zedbox", DeviceLab.Zedbox,
            "--controller", Path.Combine(AppContext.BaseDirectory, "LocalController.dll"), "--image", DeviceLab.ImageFile, .. options,
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return new(Process.Start(start)!);
    }

    /// <summary>Waits for a line with a text.</summary>
    public async Task SeesAsync(string text, CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            _lines.Add(line);
            if (line.Contains(text, StringComparison.Ordinal))
                return;
        }
        Assert.Fail($"It ended without '{text}':\n{Output}");
    }

    /// <summary>Sends a signal at once.</summary>
    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndsAsync(CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            _lines.Add(line);
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>What there is on the machine of the demo of a name.</summary>
    public static IReadOnlyList<string> Traces(string name) =>
    [
        .. Entries("/run/netns", name + "-*").Select(path => "namespace " + path),
        .. Entries("/run", name + "*").Select(path => "note " + path),
        .. Entries(Path.GetTempPath(), Path.GetFileName(FolderOf(name))).Select(path => "folder " + path),
        .. File.ReadLines("/proc/mounts").Where(line => line.Contains(name, StringComparison.Ordinal)).Select(line => "mount " + line),
        .. Entries("/proc", "*").Where(path => int.TryParse(Path.GetFileName(path), out _))
            .Select(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture))
            .Select(DeviceLab.CommandLine).Where(line => line.Contains(name, StringComparison.Ordinal)).Select(line => "process " + line),
    ];

    static string[] Entries(string folder, string pattern) => Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder, pattern) : [];

    /// <summary>Ends whatever a failed test left.</summary>
    public static Task RemoveAsync(string name) => new Tenancy(name, FolderOf(name), TestContext.Out.WriteLine).EndAsync(CancellationToken.None);

    public void Dispose() => _process.Dispose();
}
