using Eve.Topics;
using Wire = Eve.Api.Metrics;

namespace Eve.Agents.Zedagent.Reporting;

/// <summary>The counters of an app (reports.md 6.4).</summary>
internal static class AppMetrics
{
    /// <summary>Counters stand as the host sees them: "tx" of an app's interface goes to the app.</summary>
    public static Wire.appMetric Of(AppInstanceStatus app, MetricsInputs inputs, IReadOnlyDictionary<string, NetworkMetric> counters, DateTimeOffset now)
    {
        var id = app.UUIDandVersion.UUID;
        var domain = inputs.Domain(id) ?? new();
        var metric = new Wire.appMetric
        {
            AppID = id.ToString(),
            AppName = app.DisplayName,
            Cpu = new()
            {
                UpTime = app is { Activated: true, BootTime.IsZero: false } && now > app.BootTime.ToDateTimeOffset() ? Units.Span(now - app.BootTime.ToDateTimeOffset()) : null,
                TotalNs = domain.CPUTotalNs,
                Total = DeviceMetrics.Seconds(domain.CPUTotalNs),
            },
            AppMemory = new() { AllocatedMB = domain.AllocatedMB, UsedMB = domain.UsedMemory },
            Memory = DeviceMetrics.Of(domain),
        };
        foreach (var adapter in app.AppNetAdapters.Where(a => a.VifUsed.Length > 0))
        {
            if (counters.TryGetValue(adapter.VifUsed, out var vif))
                metric.Network.Add(DeviceMetrics.Of(vif, adapter.Name));
        }
        foreach (var volume in app.VolumeRefStatusList.Where(v => v.ActiveFileLocation.Length > 0))
        {
            if (inputs.AppDisks.FirstOrDefault(d => d.DiskPath == volume.ActiveFileLocation) is { } disk)
                metric.Disk.Add(Of(disk));
        }
        metric.PatchEnvelope.AddRange(inputs.Patches.Where(p => p.AppUUID == metric.AppID).Select(p => new Wire.AppPatchEnvelopeMetric
        {
            Uuid = p.PatchID, Version = p.Version, PatchApiCallCount = p.PatchAPICallCount, DownloadCount = p.DownloadCount,
        }));
        return metric;
    }

    static Wire.appDiskMetric Of(AppDiskMetric disk) => new()
    {
        Disk = disk.DiskPath,
        Provisioned = Units.MiB(disk.ProvisionedBytes),
        Used = Units.MiB(disk.UsedBytes),
        DiskType = disk.DiskType,
        Dirty = disk.Dirty,
    };
}
