using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record CollectInfoCmd(GoTime Time = default) : ITopic<CollectInfoCmd>
{
    public string Key => "global";
    public static JsonTypeInfo<CollectInfoCmd> Json => EveJson.CollectInfoCmd;
}
