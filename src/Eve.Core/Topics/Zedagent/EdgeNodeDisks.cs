using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record EdgeNodeDisks(
    ValueList<EdgeNodeDiskConfig> Disks = default,
    EdgeNodeDiskArrayType ArrayType = default,
    ValueList<EdgeNodeDisks> Children = default) : ITopic<EdgeNodeDisks>
{
    public string Key => "global";
    public static JsonTypeInfo<EdgeNodeDisks> Json => EveJson.EdgeNodeDisks;
}

public sealed record EdgeNodeDiskConfig(
    EdgeNodeDiskDescription? Disk = null,
    EdgeNodeDiskDescription? OldDisk = null,
    EdgeNodeDiskConfigType Config = default)
{
    public EdgeNodeDiskDescription Disk { get; init; } = Disk ?? new();
}

public sealed record EdgeNodeDiskDescription(string Name = "", string LogicalName = "", string Serial = "");

public enum EdgeNodeDiskArrayType
{
    Unspecified = 0,
    Raid0 = 1,
    Raid1 = 2,
    Raid5 = 3,
    Raid6 = 4,
}

public enum EdgeNodeDiskConfigType
{
    Unspecified = 0,
    EveOs = 1,
    Persist = 2,
    ZfsOnline = 3,
    ZfsOffline = 4,
    AppDirect = 5,
    Unused = 6,
}
