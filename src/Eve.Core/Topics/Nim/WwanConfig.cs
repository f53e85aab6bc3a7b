using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record WwanConfig(
    string DPCKey = "",
    GoTime DPCTimestamp = default,
    GoTime RSConfigTimestamp = default,
    bool RadioSilence = false,
    ValueList<WwanNetworkConfig> Networks = default) : ITopic<WwanConfig>
{
    public string Key => "global";
    public static JsonTypeInfo<WwanConfig> Json => EveJson.WwanConfig;
}

public sealed record WwanNetworkConfig(
    string LogicalLabel = "",
    WwanPhysAddrs? PhysAddrs = null,
    CellularAccessPoint? AccessPoint = null,
    ValueList<ProxyEntry> Proxies = default,
    WwanProbe? Probe = null,
    bool LocationTracking = false,
    ushort MTU = 0,
    uint RouteMetric = 0)
{
    public WwanPhysAddrs PhysAddrs { get; init; } = PhysAddrs ?? new();
    public CellularAccessPoint AccessPoint { get; init; } = AccessPoint ?? new();
    public WwanProbe Probe { get; init; } = Probe ?? new();
}
