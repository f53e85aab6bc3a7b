using Eve.Topics;

namespace Eve.Agents.Zedagent.ConfigParsing;

/// <summary>One configuration, read: everything that is published, and what is wrong with it.</summary>
internal sealed record ParsedConfig(
    ConfigItemUpdate Items,
    EdgeNodeInfo Names,
    EdgeNodeInfo? Node,
    ValueList<CipherContext> CipherContexts,
    ValueList<DatastoreConfig> Datastores,
    PhysicalIOAdapterList PhysicalIos,
    ValueList<NetworkXObjectConfig> Networks,
    DevicePortConfig Ports,
    ValueList<NetworkInstanceConfig> NetworkInstances,
    ValueList<ContentTreeConfig> ContentTrees,
    ValueList<VolumeConfig> Volumes,
    ValueList<AppInstanceConfig> Apps,
    bool MaintenanceMode,
    long Epoch,
    string ControllerCertHash,
    DateTimeOffset? Timestamp,
    ValueList<ConfigFault> Faults);
