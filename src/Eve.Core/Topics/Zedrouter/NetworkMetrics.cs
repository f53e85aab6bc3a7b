using System.Text.Json.Serialization.Metadata;

namespace Eve.Topics;

public sealed record NetworkMetrics(ValueList<NetworkMetric> MetricList = default, ulong TotalRuleCount = 0) : ITopic<NetworkMetrics>
{
    public string Key => "global";
    public static JsonTypeInfo<NetworkMetrics> Json => EveJson.NetworkMetrics;
}

public sealed record NetworkMetric(
    string IfName = "",
    ulong TxBytes = 0,
    ulong RxBytes = 0,
    ulong TxDrops = 0,
    ulong RxDrops = 0,
    ulong TxPkts = 0,
    ulong RxPkts = 0,
    ulong TxErrors = 0,
    ulong RxErrors = 0,
    ulong TxAclDrops = 0,
    ulong RxAclDrops = 0,
    ulong TxAclRateLimitDrops = 0,
    ulong RxAclRateLimitDrops = 0);
