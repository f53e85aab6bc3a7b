using System.Globalization;
using System.Text;
using Eve.Platform;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Zedrouter;

/// <summary>The dnsmasq processes of the network instances and their files.</summary>
internal sealed class DnsmasqServers(string folder, ICommands commands, TimeProvider time, ILogger log, Action<string> ring)
{
    static readonly TimeSpan StartTime = TimeSpan.FromSeconds(3);
    static readonly TimeSpan StopTime = TimeSpan.FromSeconds(5);
    const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    const UnixFileMode Enterable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    readonly Dictionary<string, IRunningCommand> _running = [];

    /// <summary>What is on disk, and whether it runs under us.</summary>
    public IEnumerable<DnsmasqProcess> Read()
    {
        if (!Directory.Exists(folder))
            yield break;
        foreach (var file in Directory.GetFiles(folder, "dnsmasq.bn*.conf"))
        {
            var bridge = Path.GetFileName(file).Split('.')[1];
            if (NetworkNames.BridgeNumber(bridge) == 0)
                continue;
            var alive = _running.TryGetValue(bridge, out var process) && !process.Exited.IsCompleted;
            yield return new(bridge, File.ReadAllText(file), Texts(Dnsmasq.HostsFolder(folder, bridge)), Texts(Dnsmasq.NamesFolder(folder, bridge)), alive);
        }
    }

    public IReadOnlyList<Lease> Leases()
    {
        var leases = Path.Combine(folder, "dnsmasq.leases");
        return Directory.Exists(leases) ? [.. Directory.GetFiles(leases).SelectMany(f => Dnsmasq.Leases(Path.GetFileName(f), File.ReadAllText(f)))] : [];
    }

    /// <summary>Makes a server what it should be: by writing files if that is enough, otherwise by a new start. Never by SIGHUP, which crashes it.</summary>
    public async Task SetAsync(DnsmasqProcess? from, DnsmasqProcess to, CancellationToken cancellationToken)
    {
        // It notices new files by itself, but never forgets an old address.
        var grows = from is { Running: true } && from.Config == to.Config && from.Hosts.All(h => to.Hosts.TryGetValue(h.Key, out var text) && text == h.Value);
        if (!grows)
            await EndAsync(to.Bridge, cancellationToken);
        MakeFolder(folder);
        MakeFolder(Path.Combine(folder, "dnsmasq.leases"));
        Write(Dnsmasq.HostsFolder(folder, to.Bridge), to.Hosts);
        Write(Dnsmasq.NamesFolder(folder, to.Bridge), to.Names);
        if (grows)
            return;
        WriteFile(Dnsmasq.ConfigFile(folder, to.Bridge), to.Config);
        var leases = Dnsmasq.LeaseFile(folder, to.Bridge);
        if (File.Exists(leases))
            WriteFile(leases, Dnsmasq.KeepLeases(File.ReadAllText(leases), to.Hosts.Values));
        await StartAsync(to.Bridge, cancellationToken);
    }

    public async Task RemoveAsync(string bridge, CancellationToken cancellationToken)
    {
        await EndAsync(bridge, cancellationToken);
        foreach (var path in new[] { Dnsmasq.HostsFolder(folder, bridge), Dnsmasq.NamesFolder(folder, bridge) }.Where(Directory.Exists))
            Directory.Delete(path, recursive: true);
        foreach (var path in new[] { Dnsmasq.LeaseFile(folder, bridge), Dnsmasq.PidFile(folder, bridge), Dnsmasq.ConfigFile(folder, bridge) })
            File.Delete(path);
    }

    public async Task StopAsync()
    {
        foreach (var process in _running.Values)
            await process.StopAsync(StopTime);
        _running.Clear();
    }

    async Task StartAsync(string bridge, CancellationToken cancellationToken)
    {
        var process = await commands.StartAsync("dnsmasq", ["--conf-file=" + Dnsmasq.ConfigFile(folder, bridge)], cancellationToken: cancellationToken);
        _running[bridge] = process;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        _ = FollowAsync(bridge, process, said, started);
        try
        {
            await started.Task.WaitAsync(StartTime, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            await EndAsync(bridge, cancellationToken);
            throw new EveException($"dnsmasq for {bridge} did not start within {StartTime.TotalSeconds} s{Words(said)}");
        }
        if (process.Exited.IsCompleted)
        {
            _running.Remove(bridge);
            var code = await process.Exited;
            throw new EveException(string.Create(CultureInfo.InvariantCulture, $"dnsmasq for {bridge} ended with exit code {code}{Words(said)}"));
        }
    }

    async Task FollowAsync(string bridge, IRunningCommand process, List<string> said, TaskCompletionSource started)
    {
        await foreach (var line in process.Lines)
        {
            Log.Said(log, bridge, line.Text);
            if (!started.Task.IsCompleted)
            {
                lock (said)
                    said.Add(line.Text);
                if (line.Text.Contains("started, version", StringComparison.Ordinal))
                    started.TrySetResult();
            }
            if (line.Text.Contains("DHCPACK", StringComparison.Ordinal))
                ring(bridge);
        }
        var code = await process.Exited;
        started.TrySetResult();
        Log.Ended(log, bridge, code);
        ring(bridge);
    }

    static string Words(List<string> said)
    {
        lock (said)
            return said.Count > 0 ? ": " + string.Join("; ", said.TakeLast(3)) : "";
    }

    /// <summary>Ends ours, or one that a killed zedbox has left: its file names it, and its command line our configuration.</summary>
    public async Task EndAsync(string bridge, CancellationToken cancellationToken)
    {
        if (_running.Remove(bridge, out var process))
        {
            await process.StopAsync(StopTime, cancellationToken);
            return;
        }
        var file = Dnsmasq.PidFile(folder, bridge);
        if (!File.Exists(file) || !int.TryParse(File.ReadAllText(file).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id <= 1)
            return;
        var began = time.GetTimestamp();
        for (var signal = Libc.SigTerm; IsOurs(id, bridge); signal = time.GetElapsedTime(began) < StopTime ? 0 : Libc.SigKill)
        {
            if (signal != 0)
                Libc.Kill(id, signal);
            await Task.Delay(TimeSpan.FromMilliseconds(10), time, cancellationToken);
        }
    }

    bool IsOurs(int id, string bridge)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Contains(Dnsmasq.ConfigFile(folder, bridge), StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static ValueMap<string, string> Texts(string path) => Directory.Exists(path)
        ? new(Directory.GetFiles(path).Where(f => !Path.GetFileName(f).StartsWith('.')).Select(f => KeyValuePair.Create(Path.GetFileName(f), File.ReadAllText(f))))
        : [];

    static void Write(string path, ValueMap<string, string> texts)
    {
        MakeFolder(path);
        foreach (var (name, text) in texts)
        {
            if (!File.Exists(Path.Combine(path, name)) || File.ReadAllText(Path.Combine(path, name)) != text)
                WriteFile(Path.Combine(path, name), text);
        }
        foreach (var file in Directory.GetFiles(path).Where(f => !texts.ContainsKey(Path.GetFileName(f))))
            File.Delete(file);
    }

    // Beside its place (dnsmasq passes over names with a dot), then moved there: it is read whole or not at all. Nothing of this outlives a reboot.
    static void WriteFile(string path, string text)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, "." + Path.GetFileName(path));
        File.WriteAllText(temporary, text, new UTF8Encoding(false));
        File.SetUnixFileMode(temporary, Readable);
        File.Move(temporary, path, overwrite: true);
    }

    // dnsmasq reads them as nobody.
    static void MakeFolder(string path)
    {
        if (!Directory.Exists(path))
            Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, Enterable);
    }
}

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "dnsmasq of {Bridge}: {Line}")]
    public static partial void Said(ILogger log, string bridge, string line);

    [LoggerMessage(Level = LogLevel.Information, Message = "dnsmasq of {Bridge} has ended with exit code {Code}")]
    public static partial void Ended(ILogger log, string bridge, int code);
}
