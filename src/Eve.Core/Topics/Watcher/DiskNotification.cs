using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record DiskNotification(
    ulong Total = 0,
    ulong Used = 0,
    UsageZone Zone = default,
    ulong PrevUsage = 0,
    ValueList<ulong> LastFive = default,
    ulong UsageSlab = 0,
    ulong PrevSlab = 0) : ITopic<DiskNotification>
{
    public string Key => "global";
    public static JsonTypeInfo<DiskNotification> Json => EveJson.DiskNotification;
}
