using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record ResolveConfig(Guid DatastoreID = default, string Name = "", uint Counter = 0) : ITopic<ResolveConfig>
{
    public string Key => $"{DatastoreID}+{Name.Replace('/', '_')}+{Counter}";
    public static JsonTypeInfo<ResolveConfig> Json => EveJson.ResolveConfig;
}
