using Eve.Agents.Zedagent.ConfigParsing;
using Eve.Agents.Zedagent.Private;
using Eve.Topics;

namespace Eve.Agents.Zedagent.Parts;

/// <summary>All topics that follow from the configuration. The first full set makes each of them Ready, also where it is empty.</summary>
internal sealed class ConfigPublications(AgentContext agent)
{
    readonly Publication<ConfigItemValueMap> _items = agent.Publish(ZedagentTopics.ConfigItemValueMap);
    readonly Publication<ConfigVerdict> _verdict = agent.Publish(ZedagentPrivate.ConfigVerdict);
    readonly Publication<CipherContext> _contexts = agent.Publish(ZedagentTopics.CipherContext);
    readonly Publication<DatastoreConfig> _datastores = agent.Publish(ZedagentTopics.DatastoreConfig);
    readonly Publication<PhysicalIOAdapterList> _ios = agent.Publish(ZedagentTopics.PhysicalIOAdapterList);
    readonly Publication<NetworkXObjectConfig> _networks = agent.Publish(ZedagentTopics.NetworkXObjectConfig);
    readonly Publication<DevicePortConfig> _ports = agent.Publish(ZedagentTopics.DevicePortConfig);
    readonly Publication<NetworkInstanceConfig> _instances = agent.Publish(ZedagentTopics.NetworkInstanceConfig);
    readonly Publication<ContentTreeConfig> _contents = agent.Publish(ZedagentTopics.ContentTreeConfig);
    readonly Publication<VolumeConfig> _volumes = agent.Publish(ZedagentTopics.VolumeConfig);
    readonly Publication<EdgeNodeInfo> _node = agent.Publish(ZedagentTopics.EdgeNodeInfo);
    readonly Publication<AppInstanceConfig> _apps = agent.Publish(ZedagentTopics.AppInstanceConfig);
    readonly Publication<BaseOsConfig> _baseOs = agent.Publish(ZedagentTopics.BaseOsConfig);
    readonly Publication<EdgeNodeClusterConfig> _cluster = agent.Publish(ZedagentTopics.EdgeNodeClusterConfig);
    readonly Publication<EdgeNodeDisks> _disks = agent.Publish(ZedagentTopics.EdgeNodeDisks);
    readonly Publication<LOCConfig> _loc = agent.Publish(ZedagentTopics.LOCConfig);
    readonly Publication<PatchEnvelopeInfoList> _patches = agent.Publish(ZedagentTopics.PatchEnvelopeInfoList);
    readonly Publication<SCEPProfile> _scep = agent.Publish(ZedagentTopics.SCEPProfile);

    /// <summary>The items in force; null until the first are out.</summary>
    public ConfigItemValueMap? Items => _items.Value;

    public void Publish(ConfigItemUpdate items)
    {
        _items.Replace([items.Values]);
        _verdict.Replace([(_verdict.Value ?? new()) with { Items = [.. items.Reports] }]);
    }

    /// <summary>In the order in which the topics lean on each other, so that most agents see what they refer to.</summary>
    public void Publish(ParsedConfig config)
    {
        Publish(config.Items);
        _contexts.Replace(config.CipherContexts);
        _datastores.Replace(Steady(_datastores, config.Datastores));
        _ios.Replace([config.PhysicalIos]);
        _networks.Replace(Steady(_networks, config.Networks));
        Publish(config.Ports);
        _instances.Replace(Steady(_instances, config.NetworkInstances));
        _contents.Replace(config.ContentTrees);
        _volumes.Replace(config.Volumes);
        _node.Replace(config.Node is { } node ? [node] : []);
        _apps.Replace(Steady(_apps, config.Apps));
        PublishUnread();
        _verdict.Publish((_verdict.Value ?? new()) with { Faults = config.Faults });
    }

    // Sections that are not built yet are complete and empty (the pass says so among the faults).
    void PublishUnread()
    {
        _baseOs.Replace([]);
        _cluster.Replace([new(Initialized: true)]);
        _disks.Replace([]);
        _loc.Replace([new()]);
        _patches.Replace([]);
        _scep.Replace([]);
    }

    // Its time stamps and its source are new with every configuration; nim tests its ports anew only for a change of content.
    void Publish(DevicePortConfig ports)
    {
        const string Key = AgentNames.Zedagent;
        if (_ports[Key] is not { } former || Content(former) != Content(ports))
            _ports.Publish(Key, ports);
        _ports.SignalRestarted();
    }

    static DevicePortConfig Content(DevicePortConfig ports) => ports with
    {
        TimePriority = default,
        LastFailed = default,
        Ports = [.. ports.Ports.Select(port => port with { ConfigSource = new(), LastFailed = default })],
    };

    // The same error is not a new one: it keeps its time.
    static IEnumerable<T> Steady<T>(Publication<T> former, IEnumerable<T> now) where T : class, ITopic<T>, IErrorStatus<T> =>
        now.Select(one => former[one.Key] is { } known && known.Error == one.Error ? one.With(known.ToErrorDescription()) : one).ToList();
}
