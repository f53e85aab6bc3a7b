using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record NetworkInstanceMetrics(
    UUIDandVersion? UUIDandVersion = null,
    string DisplayName = "",
    NetworkInstanceType Type = default,
    string BridgeName = "",
    NetworkMetrics? NetworkMetrics = null,
    ValueList<ProbeMetrics> ProbeMetrics = default,
    VlanMetrics? VlanMetrics = null) : ITopic<NetworkInstanceMetrics>
{
    public UUIDandVersion UUIDandVersion { get; init; } = UUIDandVersion ?? new();
    public NetworkMetrics NetworkMetrics { get; init; } = NetworkMetrics ?? new();
    public VlanMetrics VlanMetrics { get; init; } = VlanMetrics ?? new();

    public string Key => UUIDandVersion.UUID.ToString();
    public static JsonTypeInfo<NetworkInstanceMetrics> Json => EveJson.NetworkInstanceMetrics;
}

public sealed record ProbeMetrics(
    string DstNetwork = "",
    string SelectedPort = "",
    string SelectedPortIfName = "",
    ValueList<string> RemoteEndpoints = default,
    uint LocalPingIntvl = 0,
    uint RemotePingIntvl = 0,
    uint PortCount = 0,
    ValueList<ProbeIntfMetrics> IntfProbeStats = default);

public sealed record VlanMetrics(uint NumTrunkPorts = 0, ValueMap<uint, uint> VlanCounts = default);

public sealed record ProbeIntfMetrics(
    string IntfName = "",
    ValueList<string> NexthopIPs = default,
    bool NexthopUP = false,
    bool RemoteUP = false,
    uint NexthopUPCnt = 0,
    uint NexthopDownCnt = 0,
    uint RemoteUPCnt = 0,
    uint RemoteDownCnt = 0,
    uint LatencyToRemote = 0);
