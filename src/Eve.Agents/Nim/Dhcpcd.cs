using Eve.Platform;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Nim;

/// <summary>Runs dhcpcd, one for each port, as a child that only asks and tells: it configures nothing.</summary>
internal sealed partial class Dhcpcd(ICommands commands, EvePaths paths, TimeProvider time, ILogger log)
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5), FirstWord = TimeSpan.FromSeconds(30);

    readonly DhcpcdFolder _folder = new(paths, time);
    readonly Dictionary<string, Running> _running = [];
    readonly Lock _gate = new();

    sealed record Running(DhcpClient Client, IRunningCommand Command, long Since, Lease? Held);

    /// <summary>Called when something may have changed.</summary>
    public Action Ring { get; set; } = () => { };

    /// <summary>Where the hook writes its records.</summary>
    public string Records => _folder.Records;

    /// <summary>Makes the folder, and ends what an earlier life of this device left running.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        _folder.Make();
        HashSet<string> own;
        lock (_gate)
            own = [.. _running.Keys];
        foreach (var client in _folder.Running().Where(c => !own.Contains(c)))
        {
            Log.EndsLeftover(log, client);
            await _folder.EndAsync(client, cancellationToken);
        }
    }

    /// <summary>What the clients were told. Until a new one has spoken, for half a minute, what the former one had counts.</summary>
    public ValueList<Lease> Leases()
    {
        lock (_gate)
            return [.. _running.Values.Select(LeaseOf).OfType<Lease>()];
    }

    Lease? LeaseOf(Running running)
    {
        var link = running.Client.Link;
        return _folder.Record(link) is { } record ? LeaseRecord.Parse(link, record)
            : time.GetElapsedTime(running.Since) > FirstWord ? new Lease(link, false)
            : running.Held;
    }

    /// <summary>Ends all clients but these; they give nothing back.</summary>
    public async Task KeepAsync(IReadOnlyList<DhcpClient> wanted, CancellationToken cancellationToken)
    {
        List<Running> gone;
        lock (_gate)
            gone = [.. _running.Values.Where(r => !wanted.Contains(r.Client))];
        await Task.WhenAll(gone.Select(r => EndAsync(r, cancellationToken)));
    }

    /// <summary>Starts those of these clients that do not run.</summary>
    public async Task<IReadOnlyList<NetworkFailure>> StartAsync(IReadOnlyList<DhcpClient> wanted, CancellationToken cancellationToken)
    {
        var failures = new List<NetworkFailure>();
        foreach (var client in wanted)
        {
            lock (_gate)
            {
                if (_running.ContainsKey(Name(client)))
                    continue;
            }
            if (await StartAsync(client, cancellationToken) is { } failure)
                failures.Add(failure);
        }
        return failures;
    }

    async Task<NetworkFailure?> StartAsync(DhcpClient client, CancellationToken cancellationToken)
    {
        var name = Name(client);
        await _folder.EndAsync(name, cancellationToken);
        var held = _folder.Record(client.Link) is { } record && LeaseRecord.Parse(client.Link, record, held: true) is { Bound: true } lease ? lease : null;
        _folder.Forget(client.Link);
        string[] vendor = client.VendorClass ? ["-i", "LFEDGE-EVE"] : [];
        var command = _folder.Command(name, ["-B", .. vendor, "-4", client.Link]);
        try
        {
            if (Programs.Find("dhcpcd") is null)
                throw new EveException(Programs.Missing("dhcpcd"));
            var started = await commands.StartAsync(command[0], [.. command.Skip(1)], cancellationToken: cancellationToken);
            var running = new Running(client, started, time.GetTimestamp(), held);
            lock (_gate)
                _running[name] = running;
            Log.Started(log, client.Link, started.Id);
            _ = FollowAsync(running);
            return null;
        }
        catch (EveException exception)
        {
            return new(client.Link, $"{client.Link}: no DHCP: {exception.Message}");
        }
    }

    // Its words go to the log; one that ends by itself is started again after a pause, since the ring makes nim look what runs.
    async Task FollowAsync(Running running)
    {
        await foreach (var line in running.Command.Lines)
            Log.Says(log, running.Client.Link, line.Text);
        var code = await running.Command.Exited;
        if (!IsRunning(running))
            return;
        Log.Ended(log, running.Client.Link, code);
        await Task.Delay(Pause, time);
        lock (_gate)
        {
            if (!_running.TryGetValue(Name(running.Client), out var known) || known != running)
                return;
            _running.Remove(Name(running.Client));
        }
        Ring();
    }

    bool IsRunning(Running running)
    {
        lock (_gate)
            return _running.TryGetValue(Name(running.Client), out var known) && ReferenceEquals(known, running);
    }

    async Task EndAsync(Running running, CancellationToken cancellationToken)
    {
        lock (_gate)
            _running.Remove(Name(running.Client));
        await _folder.EndAsync(Name(running.Client), cancellationToken);
        await running.Command.DisposeAsync();
    }

    static string Name(DhcpClient client) => client.Link + "-4";

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Client}: a DHCP client of an earlier run is ended")]
        public static partial void EndsLeftover(ILogger log, string client);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Port}: DHCP client started as process {Process}")]
        public static partial void Started(ILogger log, string port, int process);

        [LoggerMessage(Level = LogLevel.Debug, Message = "{Port}: dhcpcd: {Text}")]
        public static partial void Says(ILogger log, string port, string text);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Port}: the DHCP client has ended with exit code {Code}; it is started again in 5 s")]
        public static partial void Ended(ILogger log, string port, int code);
    }
}
