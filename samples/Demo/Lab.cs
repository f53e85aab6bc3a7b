using System.Diagnostics;
using System.Globalization;

namespace Eve.Demo;

/// <summary>
/// Two network namespaces on this machine, joined by a wire: one for the controller and its datastore, one for the device. All names have one prefix;
/// whatever runs inside a namespace belongs to the lab and ends with it.
/// </summary>
/// <param name="prefix">Names of namespaces and folders begin with it; at most 8 characters.</param>
/// <param name="folder">What the lab keeps.</param>
public sealed class Lab(string prefix, string folder)
{
    // What a lab keeps in its folder, and a demo beside it.
    static readonly string[] Contents =
        ["controller", "device", "config.json", "new.json", "admin.sock", "controller.log", "device.log", "dhcp.log", "dhcp.leases", "dhcp.pid"];

    /// <summary>The controller's address on the wire; also the device's router and DNS server.</summary>
    public const string ControllerAddress = "10.99.0.1";

    /// <summary>The name under which the device knows the controller.</summary>
    public const string ControllerName = "controller.eve.test";

    /// <summary>The device's uplink.</summary>
    public const string Uplink = "eth0";

    /// <summary>The namespace of the controller.</summary>
    public string ControllerSide => prefix + "-ctl";

    /// <summary>The namespace of the device.</summary>
    public string DeviceSide => prefix + "-dev";

    /// <summary>What the lab keeps: logs, leases, the device's root.</summary>
    public string Folder => folder;

    /// <summary>Who has which address of the wire.</summary>
    public string Leases => Path.Combine(folder, "dhcp.leases");

    /// <summary>There are namespaces of this lab.</summary>
    public bool Exists => File.Exists("/run/netns/" + DeviceSide) || File.Exists("/run/netns/" + ControllerSide);

    /// <summary>Ends what a former lab of this name left, then makes namespaces, wire and DHCP.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await StopAsync(cancellationToken);
        Directory.CreateDirectory(folder);
        File.Delete(Leases);
        foreach (var side in new[] { ControllerSide, DeviceSide })
        {
            await IpAsync(["netns", "add", side], cancellationToken);
            await IpAsync(["-n", side, "link", "set", "lo", "up"], cancellationToken);
        }
        await IpAsync(["link", "add", "name", "wan0", "netns", ControllerSide, "type", "veth", "peer", "name", Uplink, "netns", DeviceSide], cancellationToken);
        await IpAsync(["-n", ControllerSide, "addr", "add", ControllerAddress + "/24", "dev", "wan0"], cancellationToken);
        await IpAsync(["-n", ControllerSide, "link", "set", "wan0", "up"], cancellationToken);
        await IpAsync(["-n", DeviceSide, "link", "set", Uplink, "up"], cancellationToken);
        StartDhcp();
    }

    /// <summary>Pulls the device's cable, or puts it back.</summary>
    public Task ConnectAsync(bool connected, CancellationToken cancellationToken) =>
        IpAsync(["-n", ControllerSide, "link", "set", "wan0", connected ? "up" : "down"], cancellationToken);

    /// <summary>Cuts the device's power: its processes end at once, and what the kernel had for it is gone. The wire stays.</summary>
    public async Task CutPowerAsync(CancellationToken cancellationToken)
    {
        while (await ProcessesAsync(DeviceSide, cancellationToken) is { Count: > 0 } processes)
        {
            await SignalAsync("-KILL", processes, cancellationToken);
            await Task.Delay(20, cancellationToken);
        }
        await IpAsync(["-n", DeviceSide, "link", "set", Uplink, "netns", ControllerSide], cancellationToken);
        await IpAsync(["netns", "del", DeviceSide], cancellationToken);
        await IpAsync(["netns", "add", DeviceSide], cancellationToken);
        await IpAsync(["-n", DeviceSide, "link", "set", "lo", "up"], cancellationToken);
        await IpAsync(["-n", ControllerSide, "link", "set", Uplink, "netns", DeviceSide], cancellationToken);
        await IpAsync(["-n", DeviceSide, "link", "set", Uplink, "up"], cancellationToken);
    }

    /// <summary>Starts a program inside a namespace; it ends with the lab, not with the terminal or by Ctrl-C.</summary>
    public static Process Start(string side, string program, IEnumerable<string> arguments, string log)
    {
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, RedirectStandardInput = true };
        // The shell only binds the log: program and arguments reach it as positional parameters.
        foreach (var argument in (string[])["-c", "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1 </dev/null", "lab", log, "setsid", "ip", "netns", "exec", side, program, .. arguments])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Runs a program inside a namespace to its end.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(string side, string program, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        RunHereAsync("ip", ["netns", "exec", side, program, .. arguments], cancellationToken);

    /// <summary>Ends every process of the lab and removes its namespaces.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var side in new[] { DeviceSide, ControllerSide })
        {
            if (!File.Exists("/run/netns/" + side))
                continue;
            await EndProcessesAsync(side, cancellationToken);
            await IpAsync(["netns", "del", side], cancellationToken);
        }
    }

    /// <summary>Ends every process of the lab, removes its namespaces, and of its folder what is the lab's.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        await StopAsync(cancellationToken);
        foreach (var name in Contents.Select(name => Path.Combine(folder, name)))
        {
            if (Directory.Exists(name))
                Directory.Delete(name, recursive: true);
            else if (Directory.Exists(folder))
                File.Delete(name);
        }
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }

    /// <summary>The processes that run inside a namespace; none in one that was only half made.</summary>
    public static async Task<IReadOnlyList<int>> ProcessesAsync(string side, CancellationToken cancellationToken)
    {
        var (code, output) = await RunHereAsync("ip", ["netns", "pids", side], cancellationToken);
        return code != 0 ? [] : [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
    }

    /// <summary>Sends a signal; a process that is gone is no error.</summary>
    public static Task SignalAsync(string signal, IEnumerable<int> processes, CancellationToken cancellationToken) =>
        RunHereAsync("kill", [signal, .. processes.Select(p => p.ToString(CultureInfo.InvariantCulture))], cancellationToken);

    // First by request, so that a device can end in order; then by force.
    static async Task EndProcessesAsync(string side, CancellationToken cancellationToken)
    {
        foreach (var signal in new[] { "-TERM", "-KILL" })
        {
            var began = Stopwatch.StartNew();
            while (await ProcessesAsync(side, cancellationToken) is { Count: > 0 } processes)
            {
                if (began.ElapsedMilliseconds < 100 || signal == "-KILL")
                    await SignalAsync(signal, processes, cancellationToken);
                if (began.Elapsed > TimeSpan.FromSeconds(12))
                    break;
                await Task.Delay(100, cancellationToken);
            }
        }
    }

    void StartDhcp() => Start(ControllerSide, "dnsmasq",
        [
            "--keep-in-foreground", "--conf-file=/dev/null", "--bind-interfaces", "--interface=wan0", "--except-interface=lo", "--no-resolv", "--no-hosts", "--no-ping",
            "--user=root", "--pid-file=" + Path.Combine(folder, "dhcp.pid"), "--dhcp-leasefile=" + Leases, "--log-facility=-",
            "--dhcp-range=10.99.0.50,10.99.0.99,255.255.255.0,1h", "--dhcp-option=option:router," + ControllerAddress,
            "--dhcp-option=option:dns-server," + ControllerAddress, $"--address=/{ControllerName}/{ControllerAddress}",
        ],
        Path.Combine(folder, "dhcp.log"));

    static async Task IpAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var (code, output) = await RunHereAsync("ip", arguments, cancellationToken);
        if (code != 0)
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {output.Trim()}");
    }

    /// <summary>Runs a program outside of all namespaces to its end. Ctrl-C is not for it: who waits for it decides.</summary>
    public static async Task<(int ExitCode, string Output)> RunHereAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("setsid") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[program, .. arguments])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        try
        {
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, output + await error);
        }
        catch (OperationCanceledException)
        {
            // Nothing goes on behind the back of whoever cleans up.
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
    }
}
