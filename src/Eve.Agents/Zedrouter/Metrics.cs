using Eve.Topics;

namespace Eve.Agents.Zedrouter;

/// <summary>Counters as topics: pure. All are as the host sees them, so tx of a VIF, drops too, is what goes to the app.</summary>
internal static class Metrics
{
    public static NetworkMetrics Of(NetworkCounts counts) => new([.. counts.Links.Select(l => new NetworkMetric(
        IfName: l.Name,
        TxBytes: l.TxBytes, RxBytes: l.RxBytes, TxDrops: l.TxDropped, RxDrops: l.RxDropped,
        TxPkts: l.TxPackets, RxPkts: l.RxPackets, TxErrors: l.TxErrors, RxErrors: l.RxErrors,
        TxAclDrops: counts.Drops.GetValueOrDefault(AclNft.Dropped("rx", l.Name)),
        RxAclDrops: counts.Drops.GetValueOrDefault(AclNft.Dropped("tx", l.Name))))]);

    public static NetworkInstanceMetrics Of(NetworkInstanceStatus instance, NetworkMetrics all) => new(
        instance.ToUUIDandVersion(), instance.DisplayName, instance.Type, instance.BridgeName,
        all with { MetricList = [.. all.MetricList.Where(m => m.IfName == instance.BridgeName || instance.Vifs.Any(v => v.Name == m.IfName))] });
}
