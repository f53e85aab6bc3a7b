using Eve.Topics;
using Wire = Eve.Api.Metrics;

namespace Eve.Agents.Zedagent.Reporting;

/// <summary>All that metrics are made of. What is missing leaves its part out.</summary>
internal sealed record MetricsInputs
{
    public MachineUse Use { get; init; } = new();
    public HostMemory? Memory { get; init; }
    public DeviceNetworkStatus? Network { get; init; }
    public NetworkMetrics? Counters { get; init; }
    public NewlogMetrics? Logs { get; init; }
    public GoTime LastReceived { get; init; }
    public GoTime LastProcessed { get; init; }
    public TimeSpan Interval { get; init; }
    public ValueList<MetricsMap> Connections { get; init; }
    public ValueList<CipherMetrics> Ciphers { get; init; }
    public ValueList<DiskMetric> Disks { get; init; }
    public ValueList<AppDiskMetric> AppDisks { get; init; }
    public ValueList<DomainMetric> Domains { get; init; }
    public ValueList<AppInstanceConfig> AppConfigs { get; init; }
    public ValueList<AppInstanceStatus> Apps { get; init; }
    public ValueList<PatchEnvelopeUsage> Patches { get; init; }
    public ValueList<NetworkInstanceMetrics> Instances { get; init; }
    public ValueList<VolumeStatus> Volumes { get; init; }

    /// <summary>What domainmgr says of an app; of the device itself for the nil UUID.</summary>
    public DomainMetric? Domain(Guid id) => Domains.FirstOrDefault(d => d.UUIDandVersion.UUID == id);
}

/// <summary>The metrics message: all counters at one moment (reports.md 6).</summary>
internal static class MetricsReport
{
    public static Wire.ZMetricMsg Of(MetricsInputs inputs, Guid device, DateTimeOffset now)
    {
        var heard = inputs.Domain(Guid.Empty)?.LastHeard ?? default;
        var message = new Wire.ZMetricMsg
        {
            DevID = device.ToString(),
            // Of the moment when the processor times were read: rates are computed from both.
            AtTimeStamp = Units.Time(heard.IsZero ? now : heard),
            Dm = DeviceMetrics.Of(inputs),
        };
        var counters = inputs.Counters?.MetricList.GroupBy(c => c.IfName).ToDictionary(g => g.Key, g => g.First()) ?? [];
        message.Am.AddRange(inputs.Apps.Where(a => !a.NoUploadStatsToController).OrderBy(a => a.Key, StringComparer.Ordinal)
            .Select(app => AppMetrics.Of(app, inputs, counters, now)));
        message.Nm.AddRange(inputs.Instances.OrderBy(i => i.Key, StringComparer.Ordinal).Select(InstanceMetrics.Of));
        message.Vm.AddRange(VolumeReport.Newest(inputs.Volumes).OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => Of(v, inputs.AppDisks)));
        return message;
    }

    static Wire.ZMetricVolume Of(VolumeStatus volume, ValueList<AppDiskMetric> disks)
    {
        var disk = (volume.FileLocation.Length > 0 ? disks.FirstOrDefault(d => d.DiskPath == volume.FileLocation) : null) ?? new();
        return new()
        {
            Uuid = volume.VolumeID.ToString(),
            DisplayName = volume.DisplayName,
            UsedBytes = disk.UsedBytes,
            TotalBytes = disk.ProvisionedBytes,
            FreeBytes = Units.Less(disk.ProvisionedBytes, disk.UsedBytes),
        };
    }
}
