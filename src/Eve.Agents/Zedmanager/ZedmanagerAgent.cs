using Eve.Agents.Shared;
using Eve.Topics;

namespace Eve.Agents.Zedmanager;

/// <summary>
/// Brings applications from their configuration to a running guest, and away again: volumes, then network, then domain (walk-app.md; applications.md 6).
/// Purge, profiles and snapshots are not built yet.
/// </summary>
public sealed class ZedmanagerAgent : IAgent
{
    // An application may have freed memory in the very turn in which another found none.
    static readonly TimeSpan MemoryAgain = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var status = agent.Publish(ZedmanagerTopics.AppInstanceStatus);
        var summary = agent.Publish(ZedmanagerTopics.AppInstanceSummary);
        var volumeConfigs = agent.Publish(ZedmanagerTopics.VolumeRefConfig);
        var networkConfigs = agent.Publish(ZedmanagerTopics.AppNetworkConfig);
        var domainConfigs = agent.Publish(ZedmanagerTopics.DomainConfig);
        var purges = agent.Publish(ZedmanagerTopics.UuidToNum);
        var configs = agent.Subscribe(ZedagentTopics.AppInstanceConfig);
        var volumes = agent.Subscribe(VolumemgrTopics.VolumeRefStatus);
        var networks = agent.Subscribe(ZedrouterTopics.AppNetworkStatus);
        var domains = agent.Subscribe(DomainmgrTopics.DomainStatus);
        var memory = agent.Subscribe(DomainmgrTopics.HostMemory);

        await Gate.OnboardedAsync(agent, cancellationToken);
        var apps = Former();
        while (true)
        {
            await agent.ChangedAsync(cancellationToken);
            foreach (var key in configs.Keys.Union(apps.Keys).ToList())
                Step(key);
            PublishAll();
            if (apps.Values.Any(a => a.Status.MissingMemory))
                agent.WakeAt(agent.Elapsed + MemoryAgain);
        }

        // A later life of this agent goes on from what the former one had published; what is in force it takes from the guest.
        Dictionary<string, App> Former() => status.Select(s => new App(s)
        {
            Volumes = [.. volumeConfigs.Where(v => v.AppUUID == s.UUIDandVersion.UUID)], Network = networkConfigs[s.Key], Domain = domainConfigs[s.Key],
        }).ToDictionary(a => a.Status.Key);

        void Step(string key)
        {
            var facts = new Facts(
                k => volumes[k], networks[key], domains[key], Memory.Left(memory.Value, apps.Values, key, agent.Config), purges[key]?.Number, agent.Now)
            {
                DomainsKnown = domains.Ready, NetworksKnown = networks.Ready,
            };
            var known = apps.GetValueOrDefault(key);
            var next = configs[key] is { } config ? Application.Next(config, known, facts)
                : configs.Ready ? Removal.Next(known!, facts)
                : known;
            if (next is null)
                apps.Remove(key);
            else
                apps[key] = next;
            if (next?.WakeAt is { } date)
                agent.WakeAt(date);
        }

        // What is missing is withdrawn only when it is known that nothing else stands behind it (walk-app.md 3).
        void PublishAll()
        {
            var noOrphanDomain = domains.Ready && domains.All(d => apps.ContainsKey(d.Key));
            var noOrphanNetwork = networks.Ready && networks.All(n => apps.ContainsKey(n.Key));
            var all = apps.Values;
            Put(domainConfigs, all.Select(a => a.Domain).OfType<DomainConfig>(), configs.Ready);
            Put(networkConfigs, all.Select(a => a.Network).OfType<AppNetworkConfig>(), configs.Ready && noOrphanDomain);
            Put(volumeConfigs, all.SelectMany(a => a.Volumes), configs.Ready && noOrphanDomain && noOrphanNetwork);
            Put(purges, all.Select(a => a.Purge).OfType<UuidToNum>(), configs.Ready);
            Put(status, all.Select(a => a.Status), configs.Ready);
            summary.Replace([Summary.Of(all.Select(a => a.Status))]);
        }
    }

    static void Put<T>(Publication<T> publication, IEnumerable<T> values, bool complete) where T : class, ITopic<T>
    {
        if (complete)
        {
            publication.Replace(values);
            return;
        }
        foreach (var value in values)
            publication.Publish(value);
    }
}
