using Eve.Agents.Shared;
using Eve.Topics;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Zedrouter;

/// <summary>
/// Networks for apps (applications.md 7): judges what is configured, brings the machine to it, tells what came of it. Local network instances are built;
/// other types are refused in their status. What is there already when it starts is taken over: guests keep their taps.
/// </summary>
public sealed class ZedrouterAgent(INetworkStack network) : IAgent
{
    /// <inheritdoc />
    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var device = await Gate.OnboardedAsync(agent, cancellationToken);
        var bus = new ZedrouterBus(agent);
        if (network.Refusal is { } refusal)
        {
            Log.Refused(agent.Log, refusal);
            await RefuseAsync(agent, bus, refusal, cancellationToken);
        }
        await network.PrepareAsync(cancellationToken);
        var reconciler = new Reconciler(network, await network.ReadAsync(filter: true, cancellationToken));
        bus.Instances.SignalRestarted();
        bus.Apps.SignalRestarted();
        try
        {
            await RunAsync(agent, bus, device, reconciler, cancellationToken);
        }
        finally
        {
            await network.StopAsync();
        }
    }

    async Task RunAsync(AgentContext agent, ZedrouterBus bus, Guid device, Reconciler reconciler, CancellationToken cancellationToken)
    {
        var bell = agent.Listen(network.WatchAsync, cancellationToken);
        var (retryAt, countAt, doubt, config) = (TimeSpan.Zero, TimeSpan.Zero, false, agent.Config);
        while (true)
        {
            await agent.ChangedAsync(cancellationToken);
            var wakesForUs = agent.Elapsed >= retryAt || bus.Changed || config != agent.Config;
            config = agent.Config;
            // What fails also rings: without a pause it would be tried again at once, for ever.
            if (wakesForUs)
            {
                if (bell.Items.Count > 0 || retryAt > TimeSpan.Zero)
                    await ObserveAsync(reconciler, doubt, cancellationToken);
                var result = await TurnAsync(agent, bus, device, reconciler, cancellationToken);
                retryAt = result.RetryAfter is { } pause ? agent.Elapsed + pause : TimeSpan.Zero;
                doubt = result.Failed.Keys.Any(k => k.StartsWith("nft/", StringComparison.Ordinal));
            }
            if (agent.Elapsed >= countAt)
            {
                var counts = await network.CountAsync(cancellationToken);
                Publish(bus, counts);
                if (FilterPart.IsLost(reconciler.Actual.Values, counts))
                {
                    Log.FilterLost(agent.Log);
                    (doubt, retryAt) = (true, retryAt > TimeSpan.Zero ? retryAt : agent.Elapsed);
                }
                countAt = agent.Elapsed + (config.Get(ConfigItems.MetricInterval) / 4);
            }
            agent.WakeAt(countAt);
            if (retryAt > TimeSpan.Zero)
                agent.WakeAt(retryAt);
        }
    }

    async Task ObserveAsync(Reconciler reconciler, bool filter, CancellationToken cancellationToken)
    {
        var known = filter ? [] : reconciler.Actual.Values.OfType<FilterPart>().ToList();
        reconciler.Observe([.. await network.ReadAsync(filter, cancellationToken), .. known]);
    }

    async Task<ReconcileResult> TurnAsync(AgentContext agent, ZedrouterBus bus, Guid device, Reconciler reconciler, CancellationToken cancellationToken)
    {
        // nobody cannot enter a device's folder that is not the machine's own.
        var turn = ZedrouterTurn.Of(device, bus, agent, reconciler.Actual, user: agent.Paths.IsMachine ? "nobody" : "root");
        await bus.KeepAsync(turn.Numbers, cancellationToken);
        Announce(bus, turn);
        var result = await reconciler.ReconcileAsync(turn.Items, cancellationToken);
        foreach (var (id, reason) in result.Failed)
            Log.Failed(agent.Log, id, reason);
        if (Publish(bus, turn, new(turn.Items.ToDictionary(i => i.Id), reconciler.Actual, result.Failed, network.Leases()), agent.Now))
            agent.WakeAt(agent.Elapsed);        // numbers of what has gone are given back
        return result;
    }

    // Before anything is done: what is under way is pending.
    static void Announce(ZedrouterBus bus, ZedrouterTurn turn)
    {
        foreach (var instance in turn.Instances.Where(i => bus.Instances[i.Config.Key] is null))
            bus.Instances.Publish(Statuses.Bare(instance.Config, null) with { ChangeInProgress = ChangeInProgressType.Create });
        foreach (var app in turn.Apps)
        {
            if (Statuses.Pending(app, bus.Apps[app.Config.Key]) is { } status)
                bus.Apps.Publish(status);
        }
        foreach (var key in bus.Apps.Keys.Where(k => bus.IsGone(bus.Apps[k]!.UUIDandVersion.UUID)).ToList())
            bus.Apps.Publish(bus.Apps[key]! with { PendingDelete = true });
        foreach (var key in bus.Instances.Keys.Where(k => bus.IsInstanceGone(bus.Instances[k]!.UUID)).ToList())
            bus.Instances.Publish(bus.Instances[key]! with { ChangeInProgress = ChangeInProgressType.Delete });
    }

    // True when something has gone.
    static bool Publish(ZedrouterBus bus, ZedrouterTurn turn, Outcome outcome, DateTimeOffset now)
    {
        foreach (var instance in turn.Instances)
            bus.Instances.Publish(Statuses.Of(instance, turn.Device, turn.Apps, outcome, bus.Instances[instance.Config.Key], now));
        foreach (var app in turn.Apps)
            bus.Apps.Publish(Statuses.Of(app, turn.Numbers.Generator(app.Id), turn.Device, outcome, bus.Apps[app.Config.Key], now));

        // A status goes once nothing is left of what it tells about.
        var vifs = outcome.Actual.Values.OfType<Vif>().Select(v => v.App).ToHashSet();
        var bridges = outcome.Actual.Values.OfType<Bridge>().Select(b => b.Instance).ToHashSet();
        var goneApps = bus.Apps.Where(s => bus.IsGone(s.UUIDandVersion.UUID) && !vifs.Contains(s.UUIDandVersion.UUID)).Select(s => s.Key).ToList();
        var goneInstances = bus.Instances.Where(s => bus.IsInstanceGone(s.UUID) && !bridges.Contains(s.UUID)).Select(s => s.Key).ToList();
        goneApps.ForEach(bus.Apps.Remove);
        goneInstances.ForEach(bus.Instances.Remove);
        return goneApps.Count + goneInstances.Count > 0;
    }

    static void Publish(ZedrouterBus bus, NetworkCounts counts)
    {
        var metrics = Metrics.Of(counts);
        bus.NetworkMetrics.Replace([metrics]);
        bus.InstanceMetrics.Replace(bus.Instances.Where(i => i.Activated).Select(i => Metrics.Of(i, metrics)));
    }

    static async Task RefuseAsync(AgentContext agent, ZedrouterBus bus, string refusal, CancellationToken cancellationToken)
    {
        while (true)
        {
            await agent.ChangedAsync(cancellationToken);
            bus.Instances.Replace(bus.WantedInstances.Select(c => RefusedInstance(c, bus.Instances[c.Key])));
            bus.Apps.Replace(bus.WantedApps.Select(c => RefusedApp(c, bus.Apps[c.Key])));
        }

        NetworkInstanceStatus RefusedInstance(NetworkInstanceConfig config, NetworkInstanceStatus? former)
        {
            var error = Statuses.Timed(refusal, former?.ToErrorDescription(), agent.Now);
            return (Statuses.Bare(config, former) with { ReconcileErr = error }).With(error);
        }

        AppNetworkStatus RefusedApp(AppNetworkConfig config, AppNetworkStatus? former) =>
            new AppNetworkStatus(config.UUIDandVersion, DisplayName: config.DisplayName).With(
                config.Activate ? Statuses.Timed(refusal, former?.ToErrorDescription(), agent.Now) : ErrorDescription.None);
    }
}

static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Refusal}")]
    public static partial void Refused(ILogger log, string refusal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "somebody else has emptied the packet filter: it is read again and mended")]
    public static partial void FilterLost(ILogger log);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Item}: {Reason}")]
    public static partial void Failed(ILogger log, string item, string reason);
}
