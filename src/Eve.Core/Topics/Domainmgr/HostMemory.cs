using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record HostMemory(
    ulong TotalMemoryMB = 0,
    ulong FreeMemoryMB = 0,
    ulong UsedEveMB = 0,
    ulong KmemUsedEveMB = 0,
    uint Ncpus = 0) : ITopic<HostMemory>
{
    public string Key => "global";
    public static JsonTypeInfo<HostMemory> Json => EveJson.HostMemory;
}
