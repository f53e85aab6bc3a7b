using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record ZedAgentStatus(
    string Name = "",
    ConfigGetStatus ConfigGetStatus = default,
    bool RebootCmd = false,
    bool ShutdownCmd = false,
    bool PoweroffCmd = false,
    string RequestedRebootReason = "",
    BootReason RequestedBootReason = default,
    bool MaintenanceMode = false,
    ValueList<MaintenanceModeReason> MaintenanceModeReasons = default,
    bool EdgeNodeCertsRefused = false,
    uint ForceFallbackCounter = 0,
    string CurrentProfile = "",
    RadioSilence? RadioSilence = null,
    DeviceState DeviceState = default,
    AttestState AttestState = default,
    string AttestError = "",
    DataSecAtRestStatus VaultStatus = default,
    PCRStatus PCRStatus = default,
    string VaultErr = "",
    bool AirgapMode = false,
    string LOCUrl = "") : ITopic<ZedAgentStatus>
{
    public RadioSilence RadioSilence { get; init; } = RadioSilence ?? new();

    public string Key => Name;
    public static JsonTypeInfo<ZedAgentStatus> Json => EveJson.ZedAgentStatus;
}

public enum ConfigGetStatus : byte
{
    Success = 1,
    Fail = 2,
    TemporaryFail = 3,
    ReadSaved = 4,
}

public enum AttestState
{
    None = 0,
    NonceWait = 1,
    InternalQuoteWait = 2,
    InternalEscrowWait = 3,
    AttestWait = 4,
    AttestEscrowWait = 5,
    RestartWait = 6,
    Complete = 7,
    Any = 8,
}

public enum DeviceState : byte
{
    Unspecified = 0,
    Online = 1,
    Rebooting = 2,
    MaintenanceMode = 3,
    BaseOsUpdating = 4,
    Booting = 5,
    PreparingPoweroff = 6,
    PoweringOff = 7,
    PreparedPoweroff = 8,
}
