using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record WwanMetrics(ValueList<WwanNetworkMetrics> Networks = default) : ITopic<WwanMetrics>
{
    public string Key => "global";
    public static JsonTypeInfo<WwanMetrics> Json => EveJson.WwanMetrics;
}

public sealed record WwanNetworkMetrics(
    string LogicalLabel = "",
    WwanPhysAddrs? PhysAddrs = null,
    WwanPacketStats? PacketStats = null,
    WwanSignalInfo? SignalInfo = null)
{
    public WwanPhysAddrs PhysAddrs { get; init; } = PhysAddrs ?? new();
    public WwanPacketStats PacketStats { get; init; } = PacketStats ?? new();
    public WwanSignalInfo SignalInfo { get; init; } = SignalInfo ?? new();
}

public sealed record WwanPacketStats(
    ulong RxBytes = 0,
    ulong RxPackets = 0,
    ulong RxDrops = 0,
    ulong TxBytes = 0,
    ulong TxPackets = 0,
    ulong TxDrops = 0);

public sealed record WwanSignalInfo(int RSSI = 0, int RSRQ = 0, int RSRP = 0, int SNR = 0);
