using Eve.Topics;

namespace Eve.Agents.Zedmanager;

/// <summary>Which configuration is in force: a change that needs a restart or a purge waits for its command, and says so at every turn (applications.md 6.5; walk-app.md 4, gap 6).</summary>
internal static class Acceptance
{
    public static (AppInstanceConfig Accepted, AppProblem? Complaint) Of(AppInstanceConfig config, AppInstanceConfig? accepted, Facts facts, bool runs)
    {
        if (Insane(config) is { } text)
            return (accepted ?? Running(config, facts.Domain), new(text, nameof(AppInstanceStatus)) { Final = true });
        if (!runs)
            return (config, null);
        accepted ??= Running(config, facts.Domain);
        if (VolumesDiffer(config, accepted) || (facts.PurgeCounter is { } stored && stored != PurgeCounter(config)))
            return (Live(accepted, config), Purge(config));
        if (RestartDue(config, facts.Domain))
            return (config, null);
        if (RestartCounter(config) != RestartCounter(accepted))
            return (Live(accepted, config), null);      // it is still on its way up; its restart is due once it is there
        if (config.FixedResources != accepted.FixedResources)
            return (Live(accepted, config), Restart(config, accepted));
        if (config.IoAdapterList != accepted.IoAdapterList)
            return (Live(accepted, config), new($"{config.DisplayName}: its adapters changed; raise the purge counter when purge is built, or delete and create the application.", nameof(AppInstanceConfig)));
        return (Live(accepted, config), null);
    }

    /// <summary>The guest that runs was started for another restart counter.</summary>
    public static bool RestartDue(AppInstanceConfig config, DomainStatus? domain) => domain is { Activated: true } && domain.RestartCounter != RestartCounter(config);

    public static uint RestartCounter(AppInstanceConfig config) => config.RestartCmd.Counter + config.LocalRestartCmd.Counter;

    public static int PurgeCounter(AppInstanceConfig config) => (int)(config.PurgeCmd.Counter + config.LocalPurgeCmd.Counter);

    static string? Insane(AppInstanceConfig config) => config switch
    {
        { Errors.Count: > 0 } => string.Join('\n', config.Errors),
        { FixedResources.Memory: <= 0 } => $"{config.DisplayName}: its memory is {config.FixedResources.Memory} KiB; give it some.",
        { FixedResources.VCpus: <= 0 } => $"{config.DisplayName}: it has {config.FixedResources.VCpus} virtual CPUs; give it at least one.",
        _ => null,
    };

    // After a restart of zedbox the guest itself tells what is in force.
    static AppInstanceConfig Running(AppInstanceConfig config, DomainStatus? domain) => domain is { Memory: > 0 }
        ? config with { FixedResources = config.FixedResources with { Memory = domain.Memory, VCpus = domain.VCpus } }
        : config;

    static bool VolumesDiffer(AppInstanceConfig config, AppInstanceConfig accepted) =>
        !config.VolumeRefConfigList.Select(v => v.Key).SequenceEqual(accepted.VolumeRefConfigList.Select(v => v.Key));

    // What takes effect while the guest runs: everything but what it was built from. Of the adapters only the ACLs.
    static AppInstanceConfig Live(AppInstanceConfig accepted, AppInstanceConfig config) => config with
    {
        FixedResources = accepted.FixedResources, VolumeRefConfigList = accepted.VolumeRefConfigList, IoAdapterList = accepted.IoAdapterList,
        AppNetAdapterList = Bare(accepted.AppNetAdapterList) == Bare(config.AppNetAdapterList) ? config.AppNetAdapterList : accepted.AppNetAdapterList,
        RestartCmd = accepted.RestartCmd, LocalRestartCmd = accepted.LocalRestartCmd,
    };

    static ValueList<AppNetAdapterConfig> Bare(ValueList<AppNetAdapterConfig> adapters) => [.. adapters.Select(a => a with { ACLs = default })];

    static AppProblem Purge(AppInstanceConfig config) =>
        new($"{config.DisplayName}: its volumes or its purge counter changed, and purge is not built yet: delete the application and create it anew.", nameof(AppInstanceConfig));

    static AppProblem Restart(AppInstanceConfig config, AppInstanceConfig accepted)
    {
        var (now, then) = (accepted.FixedResources, config.FixedResources);
        var what = now.Memory != then.Memory ? $"memory {now.Memory} -> {then.Memory} KiB" : now.VCpus != then.VCpus ? $"CPUs {now.VCpus} -> {then.VCpus}" : "virtual hardware";
        var onlyBootOrder = (now with { BootOrder = then.BootOrder }) == then;
        return new($"{config.DisplayName}: need restart due to {what}, but its restart counter did not rise: raise it.", nameof(AppInstanceConfig))
        {
            Severity = onlyBootOrder ? ErrorSeverity.Warning : ErrorSeverity.Error,
        };
    }
}
