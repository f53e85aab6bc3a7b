using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record VaultConfig(bool TpmKeyOnly = false) : ITopic<VaultConfig>
{
    public string Key => "global";
    public static JsonTypeInfo<VaultConfig> Json => EveJson.VaultConfig;
}
