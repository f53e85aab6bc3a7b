using Eve.Topics;

namespace Eve.Agents.Volumemgr;

/// <summary>The part of volumemgr's turn that looks at the disks: by a clock, and after content or volumes came or went.</summary>
internal sealed class DiskWork
{
    sealed record Scan(DiskReport? Disk, IReadOnlyList<AppDiskMetric> Volumes);

    readonly AgentContext _agent;
    readonly IDiskUsage _usage;
    readonly IDiskImages _images;
    readonly Publication<DiskMetric> _disks;
    readonly Publication<AppDiskMetric> _volumes;
    readonly Publication<VolumeMgrStatus> _status;
    readonly Jobs<Scan, int> _scans;
    TimeSpan _due;

    public DiskWork(AgentContext agent, IDiskUsage usage, IDiskImages images)
    {
        (_agent, _usage, _images) = (agent, usage, images);
        _disks = agent.Publish(VolumemgrTopics.DiskMetric);
        _volumes = agent.Publish(VolumemgrTopics.AppDiskMetric);
        _status = agent.Publish(VolumemgrTopics.VolumeMgrStatus);
        _scans = agent.Jobs<Scan, int>();
    }

    /// <summary>What the last look found; null before the first.</summary>
    public DiskReport? Report { get; private set; }

    /// <summary>How large the guest sees a volume; 0: not measured yet.</summary>
    public ulong Provisioned(string path) => _volumes.FirstOrDefault(v => v.DiskPath == path)?.ProvisionedBytes ?? 0;

    /// <summary>Takes in what a look has found.</summary>
    public void Begin()
    {
        foreach (var (_, scan) in _scans.Finished)
        {
            Report = scan.Disk ?? Report;
            _volumes.Replace(scan.Volumes);
            if (scan.Disk is { } disk)
                _disks.Replace(disk.Metrics);
        }
    }

    /// <summary>Publishes what is left, and looks again when it is time.</summary>
    /// <param name="volumes">The volumes that are there.</param>
    /// <param name="moved">Content or volumes came or went: look now.</param>
    public void End(ulong? remaining, IReadOnlyList<VolumeFile> volumes, bool moved)
    {
        if (Report is { } report && remaining is { } left)
            _status.Replace([new(AgentNames.Volumemgr, true, Space.Published(report, left))]);
        if (moved)
            _due = _agent.Elapsed;
        if (_agent.Elapsed >= _due && !_scans.Running("disk"))
        {
            _due = _agent.Elapsed + _agent.Config.Get(ConfigItems.DiskScanInterval);
            _scans.Start("disk", (_, stop) => LookAsync(volumes, stop));
        }
        if (_agent.Elapsed < _due)
            _agent.WakeAt(_due);
    }

    async Task<Scan> LookAsync(IReadOnlyList<VolumeFile> volumes, CancellationToken cancellationToken)
    {
        var disk = await _usage.ScanAsync(cancellationToken);
        List<AppDiskMetric> measured = [];
        foreach (var volume in volumes)
        {
            if (await _images.MeasureAsync(volume, cancellationToken) is { } metric)
                measured.Add(metric);
        }
        return new(disk, measured);
    }
}
