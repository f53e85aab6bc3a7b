using Eve.Topics;
using Wire = Eve.Api.Metrics;

namespace Eve.Agents.Zedagent.Reporting;

/// <summary>The counters of a network instance, as the host sees them (reports.md 6.6).</summary>
internal static class InstanceMetrics
{
    public static Wire.ZMetricNetworkInstance Of(NetworkInstanceMetrics instance)
    {
        var metric = new Wire.ZMetricNetworkInstance
        {
            NetworkID = instance.UUIDandVersion.UUID.ToString(),
            NetworkVersion = instance.UUIDandVersion.Version,
            Displayname = instance.DisplayName,
            InstType = (uint)instance.Type,
            Activated = true,       // those of others are not published
            NetworkStats = Traffic(instance),
            VlanInfo = new() { NumTrunkPorts = instance.VlanMetrics.NumTrunkPorts },
        };
        foreach (var (vlan, count) in instance.VlanMetrics.VlanCounts)
            metric.VlanInfo.VlanCounts[vlan] = count;
        metric.ProbeMetrics.AddRange(instance.ProbeMetrics.Select(Of));
        return metric;
    }

    // What passes an interface of an app passes the bridge too, and is counted once; what either loses is lost.
    static Wire.ZMetricNetworkStats Traffic(NetworkInstanceMetrics instance)
    {
        var stats = new Wire.ZMetricNetworkStats { Rx = new(), Tx = new() };
        foreach (var port in instance.NetworkMetrics.MetricList)
        {
            if (port.IfName != instance.BridgeName)
            {
                stats.Rx.TotalBytes += port.RxBytes;
                stats.Rx.TotalPackets += port.RxPkts;
                stats.Tx.TotalBytes += port.TxBytes;
                stats.Tx.TotalPackets += port.TxPkts;
            }
            stats.Rx.Errors += port.RxErrors;
            stats.Tx.Errors += port.TxErrors;
            stats.Rx.Drops += port.RxDrops + port.RxAclDrops + port.RxAclRateLimitDrops;
            stats.Tx.Drops += port.TxDrops + port.TxAclDrops + port.TxAclRateLimitDrops;
        }
        return stats;
    }

    static Wire.ZProbeNIMetrics Of(ProbeMetrics probe)
    {
        var metric = new Wire.ZProbeNIMetrics
        {
            DstNetwork = probe.DstNetwork,
            CurrentPort = probe.SelectedPort,
            CurrentIntf = probe.SelectedPortIfName,
            RemoteEndpoint = string.Join(", ", probe.RemoteEndpoints),
            PingIntv = probe.LocalPingIntvl,
            RemotePingIntv = probe.RemotePingIntvl,
            UplinkCnt = probe.PortCount,
        };
        metric.IntfMetric.AddRange(probe.IntfProbeStats.Select(port => new Wire.ZProbeNIMetrics.Types.ZProbeIntfMetric
        {
            IntfName = port.IntfName,
            GatewayNexhtop = string.Join(", ", port.NexthopIPs),
            GatewayUP = port.NexthopUP,
            RemoteHostUP = port.RemoteUP,
            NexthopUpCount = port.NexthopUPCnt,
            NexthopDownCount = port.NexthopDownCnt,
            RemoteUpCount = port.RemoteUPCnt,
            RemoteDownCount = port.RemoteDownCnt,
            RemoteProbeLatency = port.LatencyToRemote,
        }));
        return metric;
    }
}
