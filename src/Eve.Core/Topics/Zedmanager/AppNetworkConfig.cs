using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record AppNetworkConfig(
    UUIDandVersion? UUIDandVersion = null,
    string DisplayName = "",
    bool Activate = false,
    string GetStatsIPAddr = "",
    ValueList<AppNetAdapterConfig> AppNetAdapterList = default,
    [property: JsonPropertyName("pubsub-large-CloudInitUserData")] string? CloudInitUserData = null,
    CipherBlockStatus? CipherBlockStatus = null,
    MetaDataType MetaDataType = default,
    AppRuntimeType DeploymentType = default) : ITopic<AppNetworkConfig>
{
    public UUIDandVersion UUIDandVersion { get; init; } = UUIDandVersion ?? new();
    public CipherBlockStatus CipherBlockStatus { get; init; } = CipherBlockStatus ?? new();

    public string Key => UUIDandVersion.UUID.ToString();
    public static JsonTypeInfo<AppNetworkConfig> Json => EveJson.AppNetworkConfig;
}
