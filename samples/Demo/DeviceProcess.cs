using System.Diagnostics;
using System.Globalization;

namespace Eve.Demo;

/// <summary>A zedbox in the lab's device namespace. When it wants to be started again (exit code 75), it is.</summary>
public sealed class DeviceProcess(Lab lab, string zedbox) : IDisposable
{
    const int RebootExitCode = 75;

    static readonly string[] OneShots = ["client.touch", "waitforaddr.touch"];

    volatile bool _stopping;
    Process? _process;

    /// <summary>Below this folder is everything that the device has.</summary>
    public string Root => Path.Combine(lab.Folder, "device");

    /// <summary>Its process id.</summary>
    public int Id => _process?.Id ?? 0;

    /// <summary>When its present life began.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    public bool IsAlive => _process is { HasExited: false };

    /// <summary>How often it asked to be started again.</summary>
    public int Reboots { get; private set; }

    /// <summary>Its resident memory.</summary>
    public double ResidentMegabytes
    {
        get
        {
            var line = File.ReadLines($"/proc/{Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
            return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
    }

    /// <summary>
    /// How long it took from the call of the program (with the shell and the namespace around it) until its watchdog had seen all agents at work: it makes a
    /// file for each. They have begun then; what they wait for may not be there yet. Only agents that run for as long as the device are counted.
    /// </summary>
    public async Task<TimeSpan> StartUpAsync(CancellationToken cancellationToken)
    {
        var files = Directory.GetFiles(Path.Combine(Root, "run"), "*.touch").Where(file => !OneShots.Contains(Path.GetFileName(file)));
        // When a file was made: .NET cannot tell.
        var (_, output) = await Lab.RunHereAsync("stat", ["-c", "%.3W", .. files], cancellationToken);
        var last = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Max(line => double.Parse(line, CultureInfo.InvariantCulture));
        return DateTimeOffset.UnixEpoch.AddSeconds(last) - StartedAt;
    }

    /// <summary>Starts it; it goes on where it was, if its root has anything.</summary>
    public void Start()
    {
        _stopping = false;
        StartedAt = TimeProvider.System.GetUtcNow();
        var process = Lab.Start(lab.DeviceSide, zedbox, ["--root", Root], Path.Combine(lab.Folder, "device.log"));
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) =>
        {
            if (_stopping || process.ExitCode != RebootExitCode)
                return;
            Reboots++;
            Start();
        };
        _process = process;
    }

    /// <summary>SIGTERM, and waits for its end.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        if (_process is { HasExited: false } process)
        {
            await Lab.SignalAsync("-TERM", [process.Id], cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
        }
    }

    /// <summary>SIGKILL for the device alone: its guests live on.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        if (_process is { HasExited: false } process)
        {
            process.Kill();
            await process.WaitForExitAsync(cancellationToken);
        }
    }

    public void Dispose() => _process?.Dispose();
}
