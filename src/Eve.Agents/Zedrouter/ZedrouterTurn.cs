using Eve.Topics;

namespace Eve.Agents.Zedrouter;

/// <summary>What zedrouter reads and publishes.</summary>
internal sealed class ZedrouterBus(AgentContext agent)
{
    public Subscription<NetworkInstanceConfig> WantedInstances { get; } = agent.Subscribe(ZedagentTopics.NetworkInstanceConfig);
    public Subscription<AppNetworkConfig> WantedApps { get; } = agent.Subscribe(ZedmanagerTopics.AppNetworkConfig);

    /// <summary>Only to tell an app that is not there yet from one that is gone.</summary>
    public Subscription<AppInstanceConfig> KnownApps { get; } = agent.Subscribe(ZedagentTopics.AppInstanceConfig);
    public Subscription<DeviceNetworkStatus> Network { get; } = agent.Subscribe(NimTopics.DeviceNetworkStatus);

    public Publication<NetworkInstanceStatus> Instances { get; } = agent.Publish(ZedrouterTopics.NetworkInstanceStatus);
    public Publication<AppNetworkStatus> Apps { get; } = agent.Publish(ZedrouterTopics.AppNetworkStatus);
    public Publication<UuidToNum> Objects { get; } = agent.Publish(ZedrouterTopics.UuidToNum);
    public Publication<UUIDPairAndIfIdxToNum> Interfaces { get; } = agent.Publish(ZedrouterTopics.UUIDPairAndIfIdxToNum);
    public Publication<AppMACGenerator> Generators { get; } = agent.Publish(ZedrouterTopics.AppMACGenerator);
    public Publication<NetworkMetrics> NetworkMetrics { get; } = agent.Publish(ZedrouterTopics.NetworkMetrics);
    public Publication<NetworkInstanceMetrics> InstanceMetrics { get; } = agent.Publish(ZedrouterTopics.NetworkInstanceMetrics);

    public bool Changed => WantedInstances.Changed || WantedApps.Changed || KnownApps.Changed || Network.Changed;

    /// <summary>An app's network surely goes: zedmanager has withdrawn it, or (if it never asked in this life) the configuration has no such app.</summary>
    public bool IsGone(Guid app)
    {
        var key = app.ToString();
        return WantedApps.Ready && WantedApps[key] is null && (Apps[key] is not null || (KnownApps.Ready && KnownApps[key] is null));
    }

    /// <summary>An app's numbers are free: they outlive its network, as they outlive a reboot.</summary>
    public bool IsForgotten(Guid app) => WantedApps.Ready && KnownApps.Ready && WantedApps[app.ToString()] is null && KnownApps[app.ToString()] is null;

    public bool IsInstanceGone(Guid instance) => WantedInstances.Ready && WantedInstances[instance.ToString()] is null;

    /// <summary>Publishes the numbers, and returns once they are safe: names and addresses are made of them.</summary>
    public async Task KeepAsync(Numbers numbers, CancellationToken cancellationToken)
    {
        await KeepAsync(Objects, numbers.Objects, cancellationToken);
        await KeepAsync(Interfaces, numbers.Interfaces, cancellationToken);
        await KeepAsync(Generators, numbers.Generators, cancellationToken);
    }

    static async Task KeepAsync<T>(Publication<T> publication, IReadOnlyCollection<T> values, CancellationToken cancellationToken) where T : class, ITopic<T>
    {
        foreach (var value in values.Where(v => !v.Equals(publication[v.Key])))
            await publication.PublishAsync(value, cancellationToken);
        foreach (var key in publication.Keys.Except(values.Select(v => v.Key)).ToList())
            await publication.RemoveAsync(key, cancellationToken);
        publication.SignalRestarted();
    }
}

/// <summary>One turn's view: what is wanted, judged, and what is to be on the machine.</summary>
internal sealed record ZedrouterTurn(Guid Device, Numbers Numbers, IReadOnlyList<Instance> Instances, IReadOnlyList<AppNetwork> Apps, IReadOnlyList<NetworkItem> Items)
{
    public static ZedrouterTurn Of(Guid device, ZedrouterBus bus, AgentContext agent, IReadOnlyDictionary<string, Item> actual, string user)
    {
        var present = actual.Values.OfType<NetworkItem>().ToList();
        var numbers = Numbering.Assign(
            new([.. bus.Objects], [.. bus.Interfaces], [.. bus.Generators]),
            [.. bus.WantedInstances], [.. bus.WantedApps],
            new(app => !bus.IsForgotten(app), instance => !bus.IsInstanceGone(instance) || present.OfType<Bridge>().Any(b => b.Instance == instance)),
            agent.Config.Get(ConfigItems.LegacyMacAddresses), agent.Now);
        var instances = NetworkInstances.Judge(bus.WantedInstances, numbers, bus.Network.Value, present.OfType<Bridge>().Select(b => b.Name).ToHashSet());
        var apps = AppNetworks.Judge(bus.WantedApps, instances, numbers, app => bus.Apps[app.ToString()]);
        var items = Intended.Items(device, instances, apps, agent.Config.Get(ConfigItems.AppEnableTcpMssClamping), agent.Paths.Under("run/zedrouter"), user);
        return new(device, numbers, instances, apps, Intended.Keep(items, present, KeepVif, KeepInstance, IsParked));

        bool KeepVif(Guid app) => apps.FirstOrDefault(a => a.Id == app) is { } wanted ? wanted.Awaits || wanted.Error.Length > 0 : !bus.IsGone(app);

        bool KeepInstance(Guid id) => instances.FirstOrDefault(i => i.Id == id) is { } wanted ? wanted.Waits || wanted.Broken.Length > 0 : !bus.IsInstanceGone(id);

        bool IsParked(Guid id) => instances.Any(i => i.Id == id && i.Conflict.Length > 0);
    }
}
