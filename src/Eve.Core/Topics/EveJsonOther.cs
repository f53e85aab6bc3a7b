using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

/// <summary>
/// The forms of those topics that no agent of ours reads or writes yet: apart from <see cref="EveJson"/>, so that a zedbox does not carry them.
/// A topic that an agent begins to use moves there.
/// </summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    IgnoreReadOnlyProperties = true,
    PropertyNameCaseInsensitive = true,
    Converters =
    [
        typeof(ValueListConverter<AppContainerStats>), typeof(ValueListConverter<BinaryBlobCompleted>),
        typeof(ValueListConverter<BinaryBlobVolumeRef>), typeof(ValueListConverter<BinaryCipherBlob>), typeof(ValueListConverter<BondMemberMetrics>),
        typeof(ValueListConverter<BondMetrics>), typeof(ValueListConverter<Bytes>), typeof(ValueListConverter<DNSReq>),
        typeof(ValueListConverter<ErrorEntity>), typeof(ValueListConverter<FlowRec>), typeof(ValueListConverter<Guid>),
        typeof(ValueListConverter<KubeIngressInfo>), typeof(ValueListConverter<KubeNodeInfo>), typeof(ValueListConverter<KubePodInfo>),
        typeof(ValueListConverter<KubePodNameSpaceInfo>), typeof(ValueListConverter<KubeServiceInfo>), typeof(ValueListConverter<KubeVMIInfo>),
        typeof(ValueListConverter<KubeVolumeInfo>), typeof(ValueListConverter<KubeVolumeReplicaInfo>), typeof(ValueListConverter<LBInterfaceConfig>),
        typeof(ValueListConverter<MaintenanceModeReason>), typeof(ValueListConverter<PNACMetrics>), typeof(ValueListConverter<ProxyEntry>),
        typeof(ValueListConverter<StorageChildren>), typeof(ValueListConverter<StorageChildrenMetrics>),
        typeof(ValueListConverter<StorageDiskMetrics>), typeof(ValueListConverter<StorageDiskState>), typeof(ValueListConverter<StorageZVolMetrics>),
        typeof(ValueListConverter<WwanBearer>), typeof(ValueListConverter<WwanNetworkConfig>), typeof(ValueListConverter<WwanNetworkMetrics>),
        typeof(ValueListConverter<WwanNetworkStatus>), typeof(ValueListConverter<WwanProfile>), typeof(ValueListConverter<WwanProvider>),
        typeof(ValueListConverter<WwanSimCard>), typeof(ValueListConverter<int>), typeof(ValueListConverter<string>),
        typeof(ValueListConverter<uint>), typeof(ValueListConverter<ulong>), typeof(ValueMapConverter<string, FsUsedMetric>),
        typeof(ValueMapConverter<string, RawJson>), typeof(ValueMapConverter<string, string>), typeof(ValueMapConverter<string, uint>),
        typeof(ValueMapConverter<uint, uint>),
    ])]
[JsonSerializable(typeof(AppAndImageToHash))]
[JsonSerializable(typeof(AppContainerMetrics))]
[JsonSerializable(typeof(BondMetricsList))]
[JsonSerializable(typeof(CipherBlockStatus))]
[JsonSerializable(typeof(CipherContext))]
[JsonSerializable(typeof(CollectInfoCmd))]
[JsonSerializable(typeof(DeferredContentDeleteStatus))]
[JsonSerializable(typeof(DiskNotification))]
[JsonSerializable(typeof(ENClusterAppStatus))]
[JsonSerializable(typeof(EdgeNodeClusterStatus))]
[JsonSerializable(typeof(EdgeviewStatus))]
[JsonSerializable(typeof(EncryptedVaultKeyFromController))]
[JsonSerializable(typeof(EnrolledCertificateStatus))]
[JsonSerializable(typeof(IPFlow))]
[JsonSerializable(typeof(KubeClusterInfo))]
[JsonSerializable(typeof(KubeClusterUpdateStatus))]
[JsonSerializable(typeof(KubeConfig))]
[JsonSerializable(typeof(KubeLeaderElectInfo))]
[JsonSerializable(typeof(KubeUserServices))]
[JsonSerializable(typeof(MemoryNotification))]
[JsonSerializable(typeof(NestedAppDomainStatus))]
[JsonSerializable(typeof(NestedAppRuntimeDiskMetric))]
[JsonSerializable(typeof(NodeDrainRequest))]
[JsonSerializable(typeof(NodeDrainStatus))]
[JsonSerializable(typeof(PNACMetricsList))]
[JsonSerializable(typeof(PatchEnvelopeInfo))]
[JsonSerializable(typeof(ProcessMetric))]
[JsonSerializable(typeof(TpmSanityStatus))]
[JsonSerializable(typeof(UUIDPairToNum))]
[JsonSerializable(typeof(VaultConfig))]
[JsonSerializable(typeof(VolumesSnapshotConfig))]
[JsonSerializable(typeof(WwanConfig))]
[JsonSerializable(typeof(WwanLocationInfo))]
[JsonSerializable(typeof(WwanMetrics))]
[JsonSerializable(typeof(WwanStatus))]
[JsonSerializable(typeof(ZFSPoolMetrics))]
[JsonSerializable(typeof(ZFSPoolStatus))]
[JsonSerializable(typeof(ZVolStatus))]
[JsonSerializable(typeof(ZbootConfig))]

// What the converters write.
[JsonSerializable(typeof(AppContainerStats[]))][JsonSerializable(typeof(BinaryBlobCompleted[]))][JsonSerializable(typeof(BinaryBlobVolumeRef[]))]
[JsonSerializable(typeof(BinaryCipherBlob[]))][JsonSerializable(typeof(BondMemberMetrics[]))][JsonSerializable(typeof(BondMetrics[]))]
[JsonSerializable(typeof(Bytes[]))][JsonSerializable(typeof(DNSReq[]))][JsonSerializable(typeof(ErrorEntity[]))][JsonSerializable(typeof(FlowRec[]))]
[JsonSerializable(typeof(Guid[]))][JsonSerializable(typeof(KubeIngressInfo[]))][JsonSerializable(typeof(KubeNodeInfo[]))]
[JsonSerializable(typeof(KubePodInfo[]))][JsonSerializable(typeof(KubePodNameSpaceInfo[]))][JsonSerializable(typeof(KubeServiceInfo[]))]
[JsonSerializable(typeof(KubeVMIInfo[]))][JsonSerializable(typeof(KubeVolumeInfo[]))][JsonSerializable(typeof(KubeVolumeReplicaInfo[]))]
[JsonSerializable(typeof(LBInterfaceConfig[]))][JsonSerializable(typeof(MaintenanceModeReason[]))][JsonSerializable(typeof(PNACMetrics[]))]
[JsonSerializable(typeof(ProxyEntry[]))][JsonSerializable(typeof(StorageChildren[]))][JsonSerializable(typeof(StorageChildrenMetrics[]))]
[JsonSerializable(typeof(StorageDiskMetrics[]))][JsonSerializable(typeof(StorageDiskState[]))][JsonSerializable(typeof(StorageZVolMetrics[]))]
[JsonSerializable(typeof(WwanBearer[]))][JsonSerializable(typeof(WwanNetworkConfig[]))][JsonSerializable(typeof(WwanNetworkMetrics[]))]
[JsonSerializable(typeof(WwanNetworkStatus[]))][JsonSerializable(typeof(WwanProfile[]))][JsonSerializable(typeof(WwanProvider[]))]
[JsonSerializable(typeof(WwanSimCard[]))][JsonSerializable(typeof(int[]))][JsonSerializable(typeof(string[]))][JsonSerializable(typeof(uint[]))]
[JsonSerializable(typeof(ulong[]))][JsonSerializable(typeof(FsUsedMetric))][JsonSerializable(typeof(RawJson))][JsonSerializable(typeof(string))]
[JsonSerializable(typeof(uint))]
public sealed partial class EveJsonOther : JsonSerializerContext
{
    /// <summary>How a topic or a part of one is written and read in EVE's dialect.</summary>
    public static JsonTypeInfo<T> Of<T>() => Form<T>.Info;

    static class Form<T>
    {
        public static readonly JsonTypeInfo<T> Info = (JsonTypeInfo<T>)Dialect.Options.GetTypeInfo(typeof(T));
    }

    static class Dialect
    {
        public static readonly JsonSerializerOptions Options = EveJson.DialectOf(Default);
    }
}
