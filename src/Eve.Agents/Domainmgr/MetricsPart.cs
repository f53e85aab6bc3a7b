using Eve.Topics;

namespace Eve.Agents.Domainmgr;

/// <summary>What was measured at one time.</summary>
internal sealed record Measurement(DateTimeOffset Time, HostUsage Host, IReadOnlyDictionary<Guid, GuestUsage> Guests);

/// <summary>Measures the machine and its guests, four times in the interval in which metrics are reported. Waits for nothing: volumemgr and zedmanager wait for it.</summary>
internal sealed class MetricsPart(IHypervisor hypervisor) : IAgent
{
    const int TimesPerInterval = 4;
    const string All = "all";

    public async Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
    {
        var domains = agent.Subscribe(DomainmgrTopics.DomainStatus);
        var memory = agent.Publish(DomainmgrTopics.HostMemory);
        var capabilities = agent.Publish(DomainmgrTopics.Capabilities);
        var metrics = agent.Publish(DomainmgrTopics.DomainMetric);
        var measuring = agent.Jobs<Measurement, object>();
        var due = TimeSpan.Zero;

        while (true)
        {
            await agent.ChangedAsync(cancellationToken);
            capabilities.Replace([hypervisor.Capabilities]);

            foreach (var (_, measured) in measuring.Finished)
            {
                var limit = agent.Config.Get(ConfigItems.VmmMemoryLimitMiB);
                memory.Replace([Metrics.Memory(measured.Host)]);
                metrics.Replace([Metrics.Device(measured), .. domains.Select(d => Metrics.Of(d, measured, metrics[d.Key], limit))]);
            }

            // A new guest's figures do not wait for their time.
            if ((agent.Elapsed >= due || domains.Changed) && !measuring.Running(All))
            {
                due = agent.Elapsed + agent.Config.Get(ConfigItems.MetricInterval) / TimesPerInterval;
                var (now, apps) = (agent.Now, domains.Where(d => d.Activated).Select(d => d.UUIDandVersion.UUID).ToList());
                measuring.Start(All, (_, _) => Task.FromResult(Measure(now, apps)));
            }
            agent.WakeAt(due);
        }
    }

    Measurement Measure(DateTimeOffset now, IEnumerable<Guid> apps)
    {
        var guests = new Dictionary<Guid, GuestUsage>();
        foreach (var app in apps)
        {
            if (hypervisor.Usage(app) is { } usage)
                guests[app] = usage;
        }
        return new Measurement(now, hypervisor.Host(), guests);
    }
}

/// <summary>From what was measured to what is published (reports.md 6.1).</summary>
internal static class Metrics
{
    public static HostMemory Memory(HostUsage host)
    {
        var (total, free) = ((ulong)VmSizing.RoundMiB(host.TotalKiB * 1024), (ulong)VmSizing.RoundMiB(host.AvailableKiB * 1024));
        return new HostMemory(total, free, UsedEveMB: 0, KmemUsedEveMB: 0, host.Processors);
    }

    /// <summary>The row of the device itself, under the nil UUID.</summary>
    public static DomainMetric Device(Measurement measured)
    {
        var memory = Memory(measured.Host);
        var used = (uint)(memory.TotalMemoryMB - Math.Min(memory.TotalMemoryMB, memory.FreeMemoryMB));
        return new DomainMetric(
            CPUTotalNs: measured.Host.CpuTimeNs,
            UsedMemory: used,
            AvailableMemory: (uint)memory.FreeMemoryMB,
            UsedMemoryPercent: memory.TotalMemoryMB == 0 ? 0 : 100.0 * used / memory.TotalMemoryMB,
            LastHeard: measured.Time,
            Activated: true);
    }

    /// <summary>An app's row. When its guest is gone the last one stays, without its use of memory.</summary>
    public static DomainMetric Of(DomainStatus status, Measurement measured, DomainMetric? former, uint limitMiB)
    {
        if (!measured.Guests.TryGetValue(status.UUIDandVersion.UUID, out var usage))
            return (former ?? new()) with { UUIDandVersion = status.UUIDandVersion, UsedMemory = 0, MaxUsedMemory = 0, UsedMemoryPercent = 0, Activated = false };
        var vm = status.ToVmConfig();
        var allocated = (uint)(VmSizing.MemoryMiB(vm.Memory) + VmSizing.OverheadMiB(vm, limitMiB));
        var used = VmSizing.RoundMiB(usage.UsedKiB * 1024);
        return new DomainMetric(
            status.UUIDandVersion,
            CPUTotalNs: usage.CpuTimeNs / (ulong)VmSizing.Processors(vm),
            AllocatedMB: allocated,
            UsedMemory: used,
            MaxUsedMemory: VmSizing.RoundMiB(usage.PeakKiB * 1024),
            AvailableMemory: allocated > used ? allocated - used : 0,
            UsedMemoryPercent: allocated == 0 ? 0 : 100.0 * used / allocated,
            LastHeard: measured.Time,
            Activated: true);
    }
}
