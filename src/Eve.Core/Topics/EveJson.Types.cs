using System.Text.Json.Serialization;

namespace Eve.Topics;

// A list or map type that a record newly uses is named twice: by its converter, and by what the converter writes.
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    IgnoreReadOnlyProperties = true,
    PropertyNameCaseInsensitive = true,
    Converters =
    [
        typeof(ValueListConverter<ACE>), typeof(ValueListConverter<ACEAction>), typeof(ValueListConverter<ACEMatch>),
        typeof(ValueListConverter<AddrInfo>), typeof(ValueListConverter<AppNetAdapterConfig>), typeof(ValueListConverter<AppNetAdapterStatus>),
        typeof(ValueListConverter<AssignedAddr>), typeof(ValueListConverter<BinaryBlobCompleted>), typeof(ValueListConverter<BinaryBlobVolumeRef>),
        typeof(ValueListConverter<BinaryCipherBlob>), typeof(ValueListConverter<BondMemberStatus>), typeof(ValueListConverter<Bytes>),
        typeof(ValueListConverter<CellularAccessPoint>), typeof(ValueListConverter<CertMetaData>), typeof(ValueListConverter<DNSNameToIP>),
        typeof(ValueListConverter<DeprecatedCellConfig>), typeof(ValueListConverter<DevicePortConfig>), typeof(ValueListConverter<DiskConfig>),
        typeof(ValueListConverter<DiskStatus>), typeof(ValueListConverter<EdgeNodeDiskConfig>), typeof(ValueListConverter<EdgeNodeDisks>),
        typeof(ValueListConverter<ErrorEntity>), typeof(ValueListConverter<EthVF>), typeof(ValueListConverter<Guid>),
        typeof(ValueListConverter<IPRouteConfig>), typeof(ValueListConverter<IPRouteInfo>), typeof(ValueListConverter<IPRouteStatus>),
        typeof(ValueListConverter<IoAdapter>), typeof(ValueListConverter<IoBundle>), typeof(ValueListConverter<IoBundleErrorEntry>),
        typeof(ValueListConverter<IpNet>), typeof(ValueListConverter<LBInterfaceConfig>), typeof(ValueListConverter<MaintenanceModeReason>),
        typeof(ValueListConverter<NetworkMetric>), typeof(ValueListConverter<NetworkPortConfig>), typeof(ValueListConverter<NetworkPortStatus>),
        typeof(ValueListConverter<PCRValue>), typeof(ValueListConverter<PatchEnvelopeInfo>), typeof(ValueListConverter<PhysicalIOAdapter>),
        typeof(ValueListConverter<PodIPAddress>), typeof(ValueListConverter<PodRoute>), typeof(ValueListConverter<ProbeIntfMetrics>),
        typeof(ValueListConverter<ProbeMetrics>), typeof(ValueListConverter<ProxyEntry>), typeof(ValueListConverter<SnapshotDesc>),
        typeof(ValueListConverter<SnapshotInstanceStatus>), typeof(ValueListConverter<VifConfig>), typeof(ValueListConverter<VifInfo>),
        typeof(ValueListConverter<VifNameMac>), typeof(ValueListConverter<VlanAccessPort>), typeof(ValueListConverter<VolumeRefConfig>),
        typeof(ValueListConverter<VolumeRefStatus>), typeof(ValueListConverter<VolumesSnapshotConfig>), typeof(ValueListConverter<WifiConfig>),
        typeof(ValueListConverter<WritableFile>), typeof(ValueListConverter<WwanBearer>), typeof(ValueListConverter<WwanProfile>),
        typeof(ValueListConverter<WwanProvider>), typeof(ValueListConverter<WwanSimCard>), typeof(ValueListConverter<int>),
        typeof(ValueListConverter<string>), typeof(ValueListConverter<uint>), typeof(ValueListConverter<ulong>),
        typeof(ValueMapConverter<string, AssignedAddrs>), typeof(ValueMapConverter<string, ConfigItemValue>),
        typeof(ValueMapConverter<string, ControllerConnMetrics>), typeof(ValueMapConverter<string, RawJson>),
        typeof(ValueMapConverter<string, URLMetrics>), typeof(ValueMapConverter<string, ValueMap<string, ConfigItemValue>>),
        typeof(ValueMapConverter<string, string>), typeof(ValueMapConverter<string, uint>), typeof(ValueMapConverter<uint, uint>),
    ])]
[JsonSerializable(typeof(AppDiskMetric))]
[JsonSerializable(typeof(AppInstMetaData))]
[JsonSerializable(typeof(AppInstanceConfig))]
[JsonSerializable(typeof(AppInstanceStatus))]
[JsonSerializable(typeof(AppInstanceSummary))]
[JsonSerializable(typeof(AppMACGenerator))]
[JsonSerializable(typeof(AppNetworkConfig))]
[JsonSerializable(typeof(AppNetworkStatus))]
[JsonSerializable(typeof(AssignableAdapters))]
[JsonSerializable(typeof(AttestNonce))]
[JsonSerializable(typeof(AttestQuote))]
[JsonSerializable(typeof(BaseOSMgrStatus))]
[JsonSerializable(typeof(BaseOsConfig))]
[JsonSerializable(typeof(BaseOsStatus))]
[JsonSerializable(typeof(BlobStatus))]
[JsonSerializable(typeof(Capabilities))]
[JsonSerializable(typeof(CipherBlockStatus))]
[JsonSerializable(typeof(CipherContext))]
[JsonSerializable(typeof(CipherMetrics))]
[JsonSerializable(typeof(ConfigItemValueMap))]
[JsonSerializable(typeof(ContentTreeConfig))]
[JsonSerializable(typeof(ContentTreeStatus))]
[JsonSerializable(typeof(ControllerCert))]
[JsonSerializable(typeof(DatastoreConfig))]
[JsonSerializable(typeof(DeviceNetworkStatus))]
[JsonSerializable(typeof(DevicePortConfig))]
[JsonSerializable(typeof(DevicePortConfigList))]
[JsonSerializable(typeof(DiskMetric))]
[JsonSerializable(typeof(DomainConfig))]
[JsonSerializable(typeof(DomainMetric))]
[JsonSerializable(typeof(DomainStatus))]
[JsonSerializable(typeof(DownloaderConfig))]
[JsonSerializable(typeof(DownloaderStatus))]
[JsonSerializable(typeof(EdgeNodeCert))]
[JsonSerializable(typeof(EdgeNodeClusterConfig))]
[JsonSerializable(typeof(EdgeNodeDisks))]
[JsonSerializable(typeof(EdgeNodeInfo))]
[JsonSerializable(typeof(EncryptedVaultKeyFromDevice))]
[JsonSerializable(typeof(HostMemory))]
[JsonSerializable(typeof(LOCConfig))]
[JsonSerializable(typeof(LedBlinkCounter))]
[JsonSerializable(typeof(MetricsMap))]
[JsonSerializable(typeof(NetworkInstanceConfig))]
[JsonSerializable(typeof(NetworkInstanceMetrics))]
[JsonSerializable(typeof(NetworkInstanceStatus))]
[JsonSerializable(typeof(NetworkMetrics))]
[JsonSerializable(typeof(NetworkXObjectConfig))]
[JsonSerializable(typeof(NewlogMetrics))]
[JsonSerializable(typeof(NodeAgentStatus))]
[JsonSerializable(typeof(OnboardingStatus))]
[JsonSerializable(typeof(PatchEnvelopeInfo))]
[JsonSerializable(typeof(PatchEnvelopeInfoList))]
[JsonSerializable(typeof(PatchEnvelopeUsage))]
[JsonSerializable(typeof(PhysicalIOAdapterList))]
[JsonSerializable(typeof(ResolveConfig))]
[JsonSerializable(typeof(ResolveStatus))]
[JsonSerializable(typeof(SCEPProfile))]
[JsonSerializable(typeof(UUIDPairAndIfIdxToNum))]
[JsonSerializable(typeof(UuidToNum))]
[JsonSerializable(typeof(VaultStatus))]
[JsonSerializable(typeof(VerifyImageConfig))]
[JsonSerializable(typeof(VerifyImageStatus))]
[JsonSerializable(typeof(VolumeConfig))]
[JsonSerializable(typeof(VolumeCreatePending))]
[JsonSerializable(typeof(VolumeMgrStatus))]
[JsonSerializable(typeof(VolumeRefConfig))]
[JsonSerializable(typeof(VolumeRefStatus))]
[JsonSerializable(typeof(VolumeStatus))]
[JsonSerializable(typeof(VolumesSnapshotConfig))]
[JsonSerializable(typeof(VolumesSnapshotStatus))]
[JsonSerializable(typeof(ZbootStatus))]
[JsonSerializable(typeof(ZedAgentStatus))]

// What the converters write.
[JsonSerializable(typeof(ACE[]))][JsonSerializable(typeof(ACEAction[]))][JsonSerializable(typeof(ACEMatch[]))][JsonSerializable(typeof(AddrInfo[]))]
[JsonSerializable(typeof(AppNetAdapterConfig[]))][JsonSerializable(typeof(AppNetAdapterStatus[]))][JsonSerializable(typeof(AssignedAddr[]))]
[JsonSerializable(typeof(BinaryBlobCompleted[]))][JsonSerializable(typeof(BinaryBlobVolumeRef[]))][JsonSerializable(typeof(BinaryCipherBlob[]))]
[JsonSerializable(typeof(BondMemberStatus[]))][JsonSerializable(typeof(Bytes[]))][JsonSerializable(typeof(CellularAccessPoint[]))]
[JsonSerializable(typeof(CertMetaData[]))][JsonSerializable(typeof(DNSNameToIP[]))][JsonSerializable(typeof(DeprecatedCellConfig[]))]
[JsonSerializable(typeof(DevicePortConfig[]))][JsonSerializable(typeof(DiskConfig[]))][JsonSerializable(typeof(DiskStatus[]))]
[JsonSerializable(typeof(EdgeNodeDiskConfig[]))][JsonSerializable(typeof(EdgeNodeDisks[]))][JsonSerializable(typeof(ErrorEntity[]))]
[JsonSerializable(typeof(EthVF[]))][JsonSerializable(typeof(Guid[]))][JsonSerializable(typeof(IPRouteConfig[]))]
[JsonSerializable(typeof(IPRouteInfo[]))][JsonSerializable(typeof(IPRouteStatus[]))][JsonSerializable(typeof(IoAdapter[]))]
[JsonSerializable(typeof(IoBundle[]))][JsonSerializable(typeof(IoBundleErrorEntry[]))][JsonSerializable(typeof(IpNet[]))]
[JsonSerializable(typeof(LBInterfaceConfig[]))][JsonSerializable(typeof(MaintenanceModeReason[]))][JsonSerializable(typeof(NetworkMetric[]))]
[JsonSerializable(typeof(NetworkPortConfig[]))][JsonSerializable(typeof(NetworkPortStatus[]))][JsonSerializable(typeof(PCRValue[]))]
[JsonSerializable(typeof(PatchEnvelopeInfo[]))][JsonSerializable(typeof(PhysicalIOAdapter[]))][JsonSerializable(typeof(PodIPAddress[]))]
[JsonSerializable(typeof(PodRoute[]))][JsonSerializable(typeof(ProbeIntfMetrics[]))][JsonSerializable(typeof(ProbeMetrics[]))]
[JsonSerializable(typeof(ProxyEntry[]))][JsonSerializable(typeof(SnapshotDesc[]))][JsonSerializable(typeof(SnapshotInstanceStatus[]))]
[JsonSerializable(typeof(VifConfig[]))][JsonSerializable(typeof(VifInfo[]))][JsonSerializable(typeof(VifNameMac[]))]
[JsonSerializable(typeof(VlanAccessPort[]))][JsonSerializable(typeof(VolumeRefConfig[]))][JsonSerializable(typeof(VolumeRefStatus[]))]
[JsonSerializable(typeof(VolumesSnapshotConfig[]))][JsonSerializable(typeof(WifiConfig[]))][JsonSerializable(typeof(WritableFile[]))]
[JsonSerializable(typeof(WwanBearer[]))][JsonSerializable(typeof(WwanProfile[]))][JsonSerializable(typeof(WwanProvider[]))]
[JsonSerializable(typeof(WwanSimCard[]))][JsonSerializable(typeof(int[]))][JsonSerializable(typeof(string[]))][JsonSerializable(typeof(uint[]))]
[JsonSerializable(typeof(ulong[]))][JsonSerializable(typeof(AssignedAddrs))][JsonSerializable(typeof(ConfigItemValue))]
[JsonSerializable(typeof(ControllerConnMetrics))][JsonSerializable(typeof(RawJson))][JsonSerializable(typeof(URLMetrics))]
[JsonSerializable(typeof(ValueMap<string, ConfigItemValue>))][JsonSerializable(typeof(ValueMap<string, ControllerConnMetrics>))]
[JsonSerializable(typeof(string))][JsonSerializable(typeof(uint))]
public sealed partial class EveJson;
