using System.Text.Json;
using Eve.Topics;

namespace Eve.Tests.Topics;

/// <summary>All topic records by name, for tests that hold for each of them.</summary>
static class TopicTypes
{
    public static IReadOnlyDictionary<string, ITopicType> All { get; } = new ITopicType[]
    {
        new TopicType<AppAndImageToHash>(() => new()), new TopicType<AppContainerMetrics>(() => new()), new TopicType<AppDiskMetric>(() => new()),
        new TopicType<AppInstMetaData>(() => new()), new TopicType<AppInstanceConfig>(() => new()), new TopicType<AppInstanceStatus>(() => new()),
        new TopicType<AppInstanceSummary>(() => new()), new TopicType<AppMACGenerator>(() => new()), new TopicType<AppNetworkConfig>(() => new()),
        new TopicType<AppNetworkStatus>(() => new()), new TopicType<AssignableAdapters>(() => new()), new TopicType<AttestNonce>(() => new()),
        new TopicType<AttestQuote>(() => new()), new TopicType<BaseOSMgrStatus>(() => new()), new TopicType<BaseOsConfig>(() => new()),
        new TopicType<BaseOsStatus>(() => new()), new TopicType<BlobStatus>(() => new()), new TopicType<BondMetricsList>(() => new()),
        new TopicType<Capabilities>(() => new()), new TopicType<CipherBlockStatus>(() => new()), new TopicType<CipherContext>(() => new()),
        new TopicType<CipherMetrics>(() => new()), new TopicType<CollectInfoCmd>(() => new()), new TopicType<ConfigItemValueMap>(() => new()),
        new TopicType<ContentTreeConfig>(() => new()), new TopicType<ContentTreeStatus>(() => new()), new TopicType<ControllerCert>(() => new()),
        new TopicType<DatastoreConfig>(() => new()), new TopicType<DeferredContentDeleteStatus>(() => new()),
        new TopicType<DeviceNetworkStatus>(() => new()), new TopicType<DevicePortConfig>(() => new()),
        new TopicType<DevicePortConfigList>(() => new()), new TopicType<DiskMetric>(() => new()), new TopicType<DiskNotification>(() => new()),
        new TopicType<DomainConfig>(() => new()), new TopicType<DomainMetric>(() => new()), new TopicType<DomainStatus>(() => new()),
        new TopicType<DownloaderConfig>(() => new()), new TopicType<DownloaderStatus>(() => new()), new TopicType<ENClusterAppStatus>(() => new()),
        new TopicType<EdgeNodeCert>(() => new()), new TopicType<EdgeNodeClusterConfig>(() => new()),
        new TopicType<EdgeNodeClusterStatus>(() => new()), new TopicType<EdgeNodeDisks>(() => new()), new TopicType<EdgeNodeInfo>(() => new()),
        new TopicType<EdgeviewStatus>(() => new()), new TopicType<EncryptedVaultKeyFromController>(() => new()),
        new TopicType<EncryptedVaultKeyFromDevice>(() => new()), new TopicType<EnrolledCertificateStatus>(() => new()),
        new TopicType<HostMemory>(() => new()), new TopicType<IPFlow>(() => new()), new TopicType<KubeClusterInfo>(() => new()),
        new TopicType<KubeClusterUpdateStatus>(() => new()), new TopicType<KubeConfig>(() => new()), new TopicType<KubeLeaderElectInfo>(() => new()),
        new TopicType<KubeUserServices>(() => new()), new TopicType<LOCConfig>(() => new()), new TopicType<LedBlinkCounter>(() => new()),
        new TopicType<MemoryNotification>(() => new()), new TopicType<MetricsMap>(() => new()), new TopicType<NestedAppDomainStatus>(() => new()),
        new TopicType<NestedAppRuntimeDiskMetric>(() => new()), new TopicType<NetworkInstanceConfig>(() => new()),
        new TopicType<NetworkInstanceMetrics>(() => new()), new TopicType<NetworkInstanceStatus>(() => new()),
        new TopicType<NetworkMetrics>(() => new()), new TopicType<NetworkXObjectConfig>(() => new()), new TopicType<NewlogMetrics>(() => new()),
        new TopicType<NodeAgentStatus>(() => new()), new TopicType<NodeDrainRequest>(() => new()), new TopicType<NodeDrainStatus>(() => new()),
        new TopicType<OnboardingStatus>(() => new()), new TopicType<PNACMetricsList>(() => new()), new TopicType<PatchEnvelopeInfo>(() => new()),
        new TopicType<PatchEnvelopeInfoList>(() => new()), new TopicType<PatchEnvelopeUsage>(() => new()),
        new TopicType<PhysicalIOAdapterList>(() => new()), new TopicType<ProcessMetric>(() => new()), new TopicType<ResolveConfig>(() => new()),
        new TopicType<ResolveStatus>(() => new()), new TopicType<SCEPProfile>(() => new()), new TopicType<TpmSanityStatus>(() => new()),
        new TopicType<UUIDPairAndIfIdxToNum>(() => new()), new TopicType<UUIDPairToNum>(() => new()), new TopicType<UuidToNum>(() => new()),
        new TopicType<VaultConfig>(() => new()), new TopicType<VaultStatus>(() => new()), new TopicType<VerifyImageConfig>(() => new()),
        new TopicType<VerifyImageStatus>(() => new()), new TopicType<VolumeConfig>(() => new()), new TopicType<VolumeCreatePending>(() => new()),
        new TopicType<VolumeMgrStatus>(() => new()), new TopicType<VolumeRefConfig>(() => new()), new TopicType<VolumeRefStatus>(() => new()),
        new TopicType<VolumeStatus>(() => new()), new TopicType<VolumesSnapshotConfig>(() => new()),
        new TopicType<VolumesSnapshotStatus>(() => new()), new TopicType<WwanConfig>(() => new()), new TopicType<WwanLocationInfo>(() => new()),
        new TopicType<WwanMetrics>(() => new()), new TopicType<WwanStatus>(() => new()), new TopicType<ZFSPoolMetrics>(() => new()),
        new TopicType<ZFSPoolStatus>(() => new()), new TopicType<ZVolStatus>(() => new()), new TopicType<ZbootConfig>(() => new()),
        new TopicType<ZbootStatus>(() => new()), new TopicType<ZedAgentStatus>(() => new()),
    }.ToDictionary(type => type.Name);

    public static IEnumerable<string> Names => All.Keys;

    public interface ITopicType
    {
        string Name { get; }
        object Default();
        object Read(string json);
        string ReadAndWrite(string json);
        string Key(object value);
    }

    sealed class TopicType<T>(Func<T> make) : ITopicType where T : class, ITopic<T>
    {
        public string Name => typeof(T).Name;
        public object Default() => make();
        public object Read(string json) => JsonSerializer.Deserialize(json, T.Json)!;
        public string ReadAndWrite(string json) => JsonSerializer.Serialize((T)Read(json), T.Json);
        public string Key(object value) => ((T)value).Key;
    }
}
