using Eve.Topics;
using Wire = Eve.Api.Metrics;

namespace Eve.Agents.Zedagent.Reporting;

/// <summary>The device's own counters (reports.md 6.1).</summary>
internal static class DeviceMetrics
{
    const uint KiBInMiB = 1024;
    const double NanosecondsInSecond = 1e9;

    public static Wire.deviceMetric Of(MetricsInputs inputs)
    {
        var metric = new Wire.deviceMetric
        {
            CpuMetric = new() { UpTime = inputs.Use.UpTime is { } up ? Units.Span(up) : null },
            Memory = Of(inputs.Memory ?? new()),
            Acl = new() { TotalRuleCount = inputs.Counters?.TotalRuleCount ?? 0 },
            Zedbox = new() { NumGoRoutines = (uint)inputs.Use.Threads },
            Newlog = LogMetrics.Of(inputs.Logs),
            LastReceivedConfig = Units.Time(inputs.LastReceived),
            LastProcessedConfig = Units.Time(inputs.LastProcessed),
            DormantTimeInSeconds = (ulong)(3 * inputs.Interval.TotalSeconds),
        };
        metric.Network.AddRange(Interfaces(inputs));
        metric.Zedcloud.AddRange(ControllerMetrics.Of(inputs.Connections));
        metric.Cipher.AddRange(inputs.Ciphers.Select(ControllerMetrics.Of));
        metric.Disk.AddRange(inputs.Disks.OrderBy(d => d.Key, StringComparer.Ordinal).Select(Disks.Use));
        (metric.AppRunTimeStorageMB, metric.RuntimeStorageOverheadMB) = Disks.Shares(inputs.Disks);
        if (inputs.Domain(Guid.Empty) is { } device)
            AddDevice(metric, device, inputs);
        return metric;
    }

    static void AddDevice(Wire.deviceMetric metric, DomainMetric device, MetricsInputs inputs)
    {
        var memory = inputs.Memory ?? new();
        (metric.CpuMetric.TotalNs, metric.CpuMetric.Total) = (device.CPUTotalNs, Seconds(device.CPUTotalNs));
        metric.DeviceMemory = new()
        {
            MemoryMB = Units.Clamp(memory.TotalMemoryMB),
            AllocatedAppsMB = Units.Clamp(Allocated(inputs)),
            UsedEveMB = Units.Clamp(memory.UsedEveMB),
        };
        metric.SystemServicesMemoryMB = Of(device);
    }

    /// <summary>Memory of a domain, in the older form.</summary>
    public static Wire.memoryMetric Of(DomainMetric domain) => new()
    {
        UsedMem = domain.UsedMemory,
        AvailMem = domain.AvailableMemory,
        UsedPercentage = domain.UsedMemoryPercent,
        AvailPercentage = 100 - domain.UsedMemoryPercent,
    };

    /// <summary>Whole seconds of a processor.</summary>
    public static ulong Seconds(ulong nanoseconds) => (ulong)(nanoseconds / NanosecondsInSecond);

    /// <summary>The counters of an interface under the name that the configuration has for it.</summary>
    public static Wire.networkMetric Of(NetworkMetric counters, string name, string alias = "") => new()
    {
        IName = name,
        Alias = alias,
        LocalName = counters.IfName,
        TxBytes = counters.TxBytes,
        RxBytes = counters.RxBytes,
        TxDrops = counters.TxDrops,
        RxDrops = counters.RxDrops,
        TxPkts = counters.TxPkts,
        RxPkts = counters.RxPkts,
        TxErrors = counters.TxErrors,
        RxErrors = counters.RxErrors,
        TxAclDrops = counters.TxAclDrops,
        RxAclDrops = counters.RxAclDrops,
        TxAclRateLimitDrops = counters.TxAclRateLimitDrops,
        RxAclRateLimitDrops = counters.RxAclRateLimitDrops,
    };

    static Wire.memoryMetric Of(HostMemory memory)
    {
        var used = Units.Less(memory.TotalMemoryMB, memory.FreeMemoryMB);
        var percent = memory.TotalMemoryMB == 0 ? 0 : 100.0 * used / memory.TotalMemoryMB;
        return new() { UsedMem = Units.Clamp(used), AvailMem = Units.Clamp(memory.FreeMemoryMB), UsedPercentage = percent, AvailPercentage = 100 - percent };
    }

    static IEnumerable<Wire.networkMetric> Interfaces(MetricsInputs inputs)
    {
        foreach (var port in inputs.Network?.Ports ?? [])
        {
            if (port.IfName.Length > 0 && inputs.Counters?.MetricList.FirstOrDefault(c => c.IfName == port.IfName) is { } counters)
                yield return Of(counters, port.Logicallabel, port.Alias);
        }
    }

    // What is set aside for the apps, running or not: MiB.
    static ulong Allocated(MetricsInputs inputs)
    {
        var kib = inputs.AppConfigs.Aggregate(0UL, (sum, app) => sum + (inputs.Domain(app.UUIDandVersion.UUID) is { AllocatedMB: > 0 and var known }
            ? (ulong)known * KiBInMiB
            : (ulong)Math.Max(0, app.FixedResources.Memory)));
        return (kib + KiBInMiB - 1) / KiBInMiB;
    }
}
