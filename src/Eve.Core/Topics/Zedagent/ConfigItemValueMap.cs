using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record ConfigItemValueMap(
    ValueMap<string, ConfigItemValue> GlobalSettings = default,
    ValueMap<string, ValueMap<string, ConfigItemValue>> AgentSettings = default) : ITopic<ConfigItemValueMap>
{
    public string Key => "global";
    public static JsonTypeInfo<ConfigItemValueMap> Json => EveJson.ConfigItemValueMap;
}

public sealed record ConfigItemValue(
    string Key = "",
    ConfigItemType ItemType = default,
    uint IntValue = 0,
    string StrValue = "",
    bool BoolValue = false,
    TriState TriStateValue = default);

public enum ConfigItemType : byte
{
    Invalid = 0,
    Int = 1,
    Bool = 2,
    String = 3,
    TriState = 4,
}

public enum TriState : byte
{
    None = 0,
    Disabled = 1,
    Enabled = 2,
}
