using Eve.Agents.Zedagent.Reporting;
using Eve.Topics;

namespace Eve.Agents.Zedagent.Parts;

/// <summary>The topics that objects are reported from, and those that tell whether a missing one is gone or has yet to come.</summary>
internal sealed class ObjectInputTopics(AgentContext agent, DeviceInputTopics device)
{
    readonly Subscription<AppInstanceConfig> _appConfigs = agent.Subscribe(ZedagentTopics.AppInstanceConfig);
    readonly Subscription<NetworkInstanceConfig> _networkConfigs = agent.Subscribe(ZedagentTopics.NetworkInstanceConfig);
    readonly Subscription<VolumeConfig> _volumeConfigs = agent.Subscribe(ZedagentTopics.VolumeConfig);
    readonly Subscription<ContentTreeConfig> _contentConfigs = agent.Subscribe(ZedagentTopics.ContentTreeConfig);
    readonly Subscription<DomainStatus> _domains = agent.Subscribe(DomainmgrTopics.DomainStatus);
    readonly Subscription<AppNetworkStatus> _appNetworks = agent.Subscribe(ZedrouterTopics.AppNetworkStatus);
    int _known;

    public Subscription<NetworkInstanceStatus> Networks { get; } = agent.Subscribe(ZedrouterTopics.NetworkInstanceStatus);
    public Subscription<VolumeStatus> Volumes { get; } = agent.Subscribe(VolumemgrTopics.VolumeStatus);
    public Subscription<AppDiskMetric> AppDisks { get; } = agent.Subscribe(VolumemgrTopics.AppDiskMetric);
    public Subscription<BlobStatus> Blobs { get; } = agent.Subscribe(VolumemgrTopics.BlobStatus);
    public Subscription<AppInstMetaData> Data { get; } = agent.Subscribe(MsrvTopics.AppInstMetaData);

    /// <summary>Whether any of them moved in this turn, or became known.</summary>
    public bool Moved()
    {
        var known = Kinds.Count(k => k.Known);
        var came = known != _known;
        _known = known;
        return came || Networks.Changed || Volumes.Changed || AppDisks.Changed || Blobs.Changed || Data.Changed
            || _appConfigs.Changed || _networkConfigs.Changed || _volumeConfigs.Changed || _contentConfigs.Changed || _domains.Changed || _appNetworks.Changed;
    }

    /// <summary>
    /// A status topic is complete before its agent has come to the configuration, so that both count. A guest or a network of an app that was being removed
    /// when an earlier life ended has no other status.
    /// </summary>
    public IEnumerable<ObjectKind> Kinds =>
    [
        new("app", device.Apps.Ready && _appConfigs.Ready && _domains.Ready && _appNetworks.Ready, _appConfigs.Keys.Concat(_domains.Keys).Concat(_appNetworks.Keys)),
        new("network", Networks.Ready && _networkConfigs.Ready, _networkConfigs.Keys),
        new("content", device.Contents.Ready && _contentConfigs.Ready, _contentConfigs.Keys),
        new("blob", Blobs.Ready && device.Contents.Ready && _contentConfigs.Ready && _contentConfigs.Keys.All(c => device.Contents[c] is not null), device.Contents.SelectMany(c => c.Blobs)),
        new("volume", Volumes.Ready && _volumeConfigs.Ready, _volumeConfigs.Select(v => v.VolumeID.ToString())),
        new("data", Data.Ready, []),
    ];
}
