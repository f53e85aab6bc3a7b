using Eve.Agents.Shared;
using Eve.Topics;
using Microsoft.Extensions.Logging;

namespace Eve.Agents.Nim;

/// <summary>
/// Manages the device's own ports: picks one of the port configurations, makes the ports so, asks whether the controller is reached, and tells all others
/// (device-agents.md 4.2; walk-device.md 3, 4, 20, 24-26).
/// </summary>
/// <remarks>Not there yet: configurations from files and from the console, VLANs, bonds, wireless, 802.1X, proxies, IPv6 by router or DHCP.</remarks>
public sealed partial class NimAgent(INetwork network, IConnectivityTest connectivity) : IAgent
{
    const string Test = "test";

    /// <inheritdoc />
    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var wires = new Wires(
            agent.Publish(NimTopics.DevicePortConfigList), agent.Publish(NimTopics.DeviceNetworkStatus), agent.Publish(NimTopics.MetricsMap),
            agent.Subscribe(ZedagentTopics.DevicePortConfig), agent.Jobs<ValueList<PortTest>, bool>(), agent.Listen(network.WatchAsync, cancellationToken));
        var selection = Selection.Stored(wires.List.Value);
        Ports? ports = null;
        wires.List.Replace([selection.ToList()]);
        wires.Metrics.SignalRestarted();
        if (network.Refusal is { } refusal)
            Log.OnlyLooks(agent.Log, refusal);
        try
        {
            while (true)
            {
                await agent.ChangedAsync(cancellationToken);
                var look = ports is null || wires.Rings.Items.Count > 0 || selection.Testing || agent.Elapsed >= selection.TestAt;
                ports = look || ports is null ? new(await network.ReadAsync(cancellationToken), ports?.Applied) : ports;
                selection = Decide(agent, wires, selection, ports);

                // The configuration is in the kernel before anybody is told of it, and before it is tested. What that has changed is judged at once.
                var seen = ports.Facts;
                ports = await ApplyAsync(ports, selection, look, agent.Config.Get(ConfigItems.DhcpVendorClassId), cancellationToken);
                if (ports.Facts != seen)
                    agent.WakeAt(agent.Elapsed);
                var told = NetworkStatus.Dated(StatusOf(selection, ports), wires.Status.Value, agent.Now);
                selection = Tested(agent, wires, selection, told);
                wires.List.Publish(selection.ToList());
                wires.Status.Replace([told]);
                if (PortConfigSelection.WakeAt(selection, SelectionTimes.Of(agent.Config), agent.Elapsed) is { } wake)
                    agent.WakeAt(wake);
            }
        }
        finally
        {
            await network.EndAsync();
        }
    }

    /// <summary>What the loop reads and writes.</summary>
    sealed record Wires(
        Publication<DevicePortConfigList> List, Publication<DeviceNetworkStatus> Status, Publication<MetricsMap> Metrics,
        Subscription<DevicePortConfig> Given, Jobs<ValueList<PortTest>, bool> Tests, Inbox<bool> Rings);

    Selection Decide(AgentContext agent, Wires wires, Selection before, Ports ports)
    {
        var at = new Moment(agent.Now, agent.Elapsed);
        var times = SelectionTimes.Of(agent.Config);
        var taken = PortConfigSelection.WithList(before, Wanted(before.List, wires.Given, ports.Facts, times, at.Now), at);
        if (taken.Entry != before.Entry)
            wires.Tests.Cancel(Test);
        ValueList<PortTest>? result = wires.Tests.Finished.Count > 0 ? wires.Tests.Finished[0].Result : null;
        if (result is { } tests)
            wires.Metrics.Publish(ConnectionMetrics.Add(wires.Metrics.Value, [.. tests.SelectMany(t => t.Attempts)], agent.Now));
        var selection = PortConfigSelection.Turn(taken, result, wires.Tests.Running(Test), s => PortView.Of(StatusOf(s, ports).Ports), times, at);
        Report(agent.Log, before, selection);
        return selection;
    }

    Selection Tested(AgentContext agent, Wires wires, Selection selection, DeviceNetworkStatus told)
    {
        var view = PortView.Of(told.Ports);
        if (wires.Tests.Running(Test) || !PortConfigSelection.WantsTest(selection, view, new(agent.Now, agent.Elapsed)))
            return selection;
        var (testable, patience) = (NetworkStatus.Testable(told.Ports), agent.Config.Get(ConfigItems.PortTimeout));
        wires.Tests.Start(Test, (_, stop) => connectivity.TestAsync(testable, patience, stop));
        return selection with { Tested = view.Addresses };
    }

    /// <summary>The ports as they were seen last, and what was last wanted of them.</summary>
    sealed record Ports(NetworkFacts Facts, NetworkSettings? Applied, ValueList<NetworkFailure> Failures = default);

    DeviceNetworkStatus StatusOf(Selection selection, Ports ports) => NetworkStatus.Of(selection, ports.Facts, ports.Failures, network.Refusal);

    static ValueList<DevicePortConfig> Wanted(
        ValueList<DevicePortConfig> list, Subscription<DevicePortConfig> given, NetworkFacts facts, SelectionTimes times, DateTimeOffset now) =>
        PortConfigs.Wanted(list, [.. given.Keys.Select(key => PortConfigs.Sanitized(key, given[key]!))], given.Ready, facts.Links, times.LastResort, now);

    async Task<Ports> ApplyAsync(Ports ports, Selection selection, bool look, bool vendorClass, CancellationToken cancellationToken)
    {
        var settings = PortPlan.Of(selection.Entry, ports.Facts, vendorClass);
        if (selection.Entry is null || !look && settings == ports.Applied)
            return ports;
        var failures = await network.ApplyAsync(settings, cancellationToken);
        return new(settings == ports.Applied ? ports.Facts : await network.ReadAsync(cancellationToken), settings, failures);
    }

    static void Report(ILogger log, Selection before, Selection after)
    {
        if (after.Entry is not { } entry || (after.State, after.Current, entry.Key) == (before.State, before.Current, before.Entry?.Key))
            return;
        if (before.Entry is { } left && !PortConfigs.SameContent(left, entry) && left.LastError.Length > 0)
            Log.Left(log, left.Key, left.LastError);
        Log.Stands(log, entry.Key, after.Current, after.State, entry.LastError);
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Refusal} Its ports are only looked at.")]
        public static partial void OnlyLooks(ILogger log, string refusal);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The port configuration {Key} is left: {Error}")]
        public static partial void Left(ILogger log, string key, string error);

        [LoggerMessage(Level = LogLevel.Information, Message = "Port configuration {Key} (number {Index}): {State} {Error}")]
        public static partial void Stands(ILogger log, string key, int index, DPCState state, string error);
    }
}
