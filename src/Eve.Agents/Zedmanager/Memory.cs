using Eve.Topics;

namespace Eve.Agents.Zedmanager;

/// <summary>What one application may use: what the machine has, less EVE's own share and what the others use or are about to.</summary>
/// <param name="Bytes">So many; negative when the others already have too much.</param>
/// <param name="Total">The machine's.</param>
/// <param name="Others">Those that use some.</param>
internal sealed record MemoryLeft(long Bytes, long Total, ValueList<Guid> Others, bool Checked)
{
    /// <summary>What an application lacks; null if it fits.</summary>
    public AppProblem? Shortage(AppInstanceConfig config)
    {
        var needed = config.FixedResources.Memory * 1024L;
        if (!Checked || needed <= Bytes)
            return null;
        var text = $"{config.DisplayName}: it needs {needed} bytes of memory, {Math.Max(0, Bytes)} of the machine's {Total} are left: give it less, or stop other applications.";
        return new AppProblem(text, nameof(AppInstanceConfig))
        {
            Severity = Others.Count > 0 ? ErrorSeverity.Warning : ErrorSeverity.Error,
            RetryCondition = Others.Count > 0 ? "It starts when others stop." : "",
            Entities = [.. Others.Select(o => new ErrorEntity(ErrorEntityType.AppInstance, o.ToString()))],
        };
    }
}

/// <summary>Counts memory (applications.md 6.4).</summary>
internal static class Memory
{
    /// <summary>Null while the machine's memory is not known.</summary>
    public static MemoryLeft? Left(HostMemory? host, IEnumerable<App> apps, string exceptKey, ConfigView config)
    {
        if (host is null)
            return null;
        var others = apps.Where(a => a.Status.Key != exceptKey && (a.Status.Activated || a.Status.ActivateInprogress)).ToList();
        var total = (long)host.TotalMemoryMB << 20;
        var used = others.Sum(a => a.Status.FixedResources.Memory * 1024L + (long)a.Status.MemOverhead);
        var reserved = Reserved(config);
        return new(total - reserved - used, total, [.. others.Select(a => a.Status.UUIDandVersion.UUID)], !config.Get(ConfigItems.MemoryAppsIgnoreCheck));
    }

    static long Reserved(ConfigView config)
    {
        var bytes = config.Get(ConfigItems.EveMemoryLimitBytes);
        return bytes > 0 ? bytes : (long)config.Get(ConfigItems.EveMemoryLimitMiB) << 20;
    }
}
