using System.Text.Json.Serialization;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace Eve.Topics;

public sealed record WirelessConfig(
    [property: JsonIgnore(Condition = WhenWritingDefault)] WirelessType WType = default,
    CellNetPortConfig? CellularV2 = null,
    [property: JsonIgnore(Condition = WhenWritingDefault)] ValueList<WifiConfig> Wifi = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] ValueList<DeprecatedCellConfig> Cellular = default)
{
    public CellNetPortConfig CellularV2 { get; init; } = CellularV2 ?? new();
}

public sealed record CellNetPortConfig(
    [property: JsonIgnore(Condition = WhenWritingDefault)] ValueList<CellularAccessPoint> AccessPoints = default,
    WwanProbe? Probe = null,
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool LocationTracking = false)
{
    public WwanProbe Probe { get; init; } = Probe ?? new();
}

public sealed record WifiConfig(
    [property: JsonIgnore(Condition = WhenWritingDefault)] string SSID = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] WifiKeySchemeType KeyScheme = default,
    [property: JsonIgnore(Condition = WhenWritingDefault)] string Identity = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string Password = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] int Priority = 0,
    string CipherBlockID = "",
    string CipherContextID = "",
    Bytes InitialValue = default,
    [property: JsonPropertyName("pubsub-large-CipherData")] Bytes CipherData = default,
    Bytes ClearTextHash = default,
    bool IsCipher = false,
    CipherContext? CipherContext = null,
    string Error = "",
    GoTime ErrorTime = default,
    ErrorSeverity ErrorSeverity = default,
    string ErrorRetryCondition = "",
    ValueList<ErrorEntity> ErrorEntities = default) : IErrorStatus<WifiConfig>
{
    public WifiConfig With(ErrorDescription error) => this with
    {
        Error = error.Error, ErrorTime = error.ErrorTime, ErrorSeverity = error.ErrorSeverity,
        ErrorRetryCondition = error.ErrorRetryCondition, ErrorEntities = error.ErrorEntities,
    };

    public CipherBlockStatus ToCipherBlockStatus() => new(
        CipherBlockID, CipherContextID, InitialValue, CipherData, ClearTextHash, IsCipher, CipherContext, Error, ErrorTime, ErrorSeverity,
        ErrorRetryCondition, ErrorEntities);

    public WifiConfig With(CipherBlockStatus part) => this with
    {
        CipherBlockID = part.CipherBlockID, CipherContextID = part.CipherContextID, InitialValue = part.InitialValue, CipherData = part.CipherData,
        ClearTextHash = part.ClearTextHash, IsCipher = part.IsCipher, CipherContext = part.CipherContext, Error = part.Error,
        ErrorTime = part.ErrorTime, ErrorSeverity = part.ErrorSeverity, ErrorRetryCondition = part.ErrorRetryCondition,
        ErrorEntities = part.ErrorEntities,
    };
}

public sealed record DeprecatedCellConfig(
    [property: JsonIgnore(Condition = WhenWritingDefault)] string APN = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] string ProbeAddr = "",
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool DisableProbe = false,
    [property: JsonIgnore(Condition = WhenWritingDefault)] bool LocationTracking = false);

public enum WifiKeySchemeType : byte
{
    None = 0,
    WpaPsk = 1,
    WpaEap = 2,
    Other = 3,
}
