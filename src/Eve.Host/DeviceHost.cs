using Eve.Agents;
using Eve.Platform;
using Eve.Topics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Eve.Host;

/// <summary>A device in this process: boot steps, onboarding, all agents, and its end.</summary>
internal sealed class DeviceHost(CommandLine line, TextWriter output)
{
    // What ends by itself, and what runs only when it is called by its name.
    static readonly string[] OneShots = [AgentNames.Client, AgentNames.Waitforaddr];

    /// <summary>The names of EVE's agents and tools that are links to zedbox, built or not.</summary>
    static readonly string[] Known =
    [
        AgentNames.Ledmanager, AgentNames.Nim, AgentNames.Waitforaddr, AgentNames.Vaultmgr, AgentNames.Tpmmgr, AgentNames.Nodeagent, AgentNames.Zedagent,
        AgentNames.Logmanager, AgentNames.Baseosmgr, AgentNames.Volumemgr, AgentNames.Downloader, AgentNames.Verifier, AgentNames.Zedmanager,
        AgentNames.Zedrouter, AgentNames.Domainmgr, AgentNames.Identitymgr, AgentNames.Diag, AgentNames.Client,
    ];

    /// <summary>Runs what the command line asks for.</summary>
    /// <returns>The exit code: 0, 1 for a failure, 75 when the device wants to be started again.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        // The agent runs inside the device; called by its name, it shows what it has written there.
        if (line.Names is [AgentNames.Diag])
            return await new DiagPrinter(new EvePaths(line.Options.Root), TimeProvider.System, output).PrintAsync(line.Rest);
        var services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace))
            .AddEve(line.Options with { Sockets = line.Names.Count == 0 })     // agents that are run by name stand alone: the device's sockets are not theirs
            .AddEveAgents()
            .AddSingleton<ILoggerProvider>(p => new EveJsonLoggerProvider(
                output, p.GetRequiredService<LogFeed>(), p.GetRequiredService<LogLevels>(), p.GetRequiredService<TimeProvider>()))
            .AddSingleton<HostPower>()
            .AddSingleton<IPower>(p => p.GetRequiredService<HostPower>());
        var names = line.Names;
        if (names.Count > 0 && !names.Contains(AgentNames.Zedagent))
        {
            services.AddAgent<DefaultItems>(AgentNames.Zedagent);
            names = [AgentNames.Zedagent, .. names];
        }
        await using var provider = services.BuildServiceProvider();
        var device = provider.GetRequiredService<Device>();
        var missing = line.Names.Where(name => !device.Agents.Contains(name)).ToList();
        if (missing.Count > 0)
            return await RefuseAsync(missing, device);

        using var topics = new TopicsFile(
            provider.GetRequiredService<MemoryBus>(), provider.GetRequiredService<EvePaths>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("zedbox"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var levels = FollowLevelsAsync(provider, stop.Token);
        var power = provider.GetRequiredService<HostPower>();
        var run = names.Count > 0
            ? device.RunAsync(names, stop.Token, line.Rest, output)
            : RunDeviceAsync(provider, device, stop.Token);
        if (await Task.WhenAny(run, power.Ended) == power.Ended)
            await stop.CancelAsync();
        await run;
        await stop.CancelAsync();
        await levels;
        return power.Ended is { IsCompletedSuccessfully: true } ended && await ended == PowerAction.Reboot ? HostPower.RebootExitCode : 0;
    }

    async Task<int> RefuseAsync(List<string> missing, Device device)
    {
        foreach (var name in missing)
        {
            await output.WriteLineAsync(name == AgentNames.Ipcmonitor ? "ipcmonitor is no agent but a tool: `zedbox ipcmonitor` runs it."
                : Known.Contains(name) ? $"{name} is not built yet."
                : $"zedbox has no agent '{name}'; there are: {string.Join(", ", device.Agents)}.");
        }
        return 1;
    }

    // Each agent minds its own level; the sources that are no agents follow the configuration here.
    static async Task FollowLevelsAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var change in services.GetRequiredService<IBus>().FollowAsync(ZedagentTopics.ConfigItemValueMap, cancellationToken))
                services.GetRequiredService<LogLevels>().Use(new ConfigView(change.New ?? new()));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    static async Task RunDeviceAsync(IServiceProvider services, Device device, CancellationToken cancellationToken)
    {
        var paths = services.GetRequiredService<EvePaths>();
        BootFolders.Prepare(paths);
        services.GetRequiredService<IBus>().Publish(GlobalTopics.LedBlinkCounter).Publish(new LedBlinkCounter(LedBlinkCount.WaitingForIp));

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var agents = device.RunAsync([.. device.Agents.Except(OneShots)], stop.Token);
        var steps = new BootSteps(services, device).RunAsync(stop.Token);
        if (await Task.WhenAny(agents, steps) == steps && steps.IsFaulted)
            await stop.CancelAsync();
        await Task.WhenAll(agents, steps);
    }
}
