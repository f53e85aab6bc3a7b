namespace Eve.Topics;

public sealed record WwanNetworkStatus(
    string LogicalLabel = "",
    WwanPhysAddrs? PhysAddrs = null,
    WwanCellModule? Module = null,
    ValueList<WwanSimCard> SimCards = default,
    string ConfigError = "",
    string ProbeError = "",
    WwanProvider? CurrentProvider = null,
    ValueList<WwanProvider> VisibleProviders = default,
    ValueList<string> CurrentRATs = default,
    ulong ConnectedAt = 0,
    WwanIPSettings? IPSettings = null,
    bool LocationTracking = false,
    ValueList<WwanBearer> Bearers = default,
    ValueList<WwanProfile> Profiles = default)
{
    public WwanPhysAddrs PhysAddrs { get; init; } = PhysAddrs ?? new();
    public WwanCellModule Module { get; init; } = Module ?? new();
    public WwanProvider CurrentProvider { get; init; } = CurrentProvider ?? new();
    public WwanIPSettings IPSettings { get; init; } = IPSettings ?? new();
}

public sealed record WwanCellModule(
    string Name = "",
    string IMEI = "",
    string Model = "",
    string Manufacturer = "",
    string Revision = "",
    string ControlProtocol = "",
    string OpMode = "");

public sealed record WwanSimCard(
    string Name = "",
    byte SlotNumber = 0,
    bool SlotActivated = false,
    string ICCID = "",
    string IMSI = "",
    SimType Type = default,
    string State = "");

public sealed record WwanProvider(
    string PLMN = "",
    string Description = "",
    bool CurrentServing = false,
    bool Roaming = false,
    bool Forbidden = false);

public sealed record WwanIPSettings(IpNet? Address = null, string Gateway = "", ValueList<string> DNSServers = default, ushort MTU = 0);

public sealed record WwanBearer(
    string APN = "",
    BearerType Type = default,
    string IPType = "",
    bool Connected = false,
    string ConnectionError = "",
    ulong ConnectedAt = 0);

public sealed record WwanProfile(
    string Name = "",
    string APN = "",
    BearerType BearerType = default,
    string IPType = "",
    bool ForbidRoaming = false);

/// <summary>The values of WwanCtrlProt, which EVE writes as text.</summary>
public static class WwanCtrlProt
{
    public const string Unspecified = "";
    public const string Qmi = "qmi";
    public const string Mbim = "mbim";
}

/// <summary>The values of WwanOpMode, which EVE writes as text.</summary>
public static class WwanOpMode
{
    public const string Unspecified = "";
    public const string Online = "online";
    public const string Connected = "online-and-connected";
    public const string RadioOff = "radio-off";
    public const string Offline = "offline";
    public const string Unrecognized = "unrecognized";
}

public enum SimType
{
    Unspecified = 0,
    Physical = 1,
    Embedded = 2,
}
