using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record NestedAppDomainStatus(
    UUIDandVersion? UUIDandVersion = null,
    string DisplayName = "",
    bool DisableLogs = false,
    Guid ParentAppUUID = default) : ITopic<NestedAppDomainStatus>
{
    public UUIDandVersion UUIDandVersion { get; init; } = UUIDandVersion ?? new();

    public string Key => UUIDandVersion.UUID.ToString();
    public static JsonTypeInfo<NestedAppDomainStatus> Json => EveJson.NestedAppDomainStatus;
}
