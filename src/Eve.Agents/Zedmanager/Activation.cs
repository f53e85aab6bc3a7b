using Eve.Topics;

namespace Eve.Agents.Zedmanager;

/// <summary>Network and guest of an application whose volumes are there (applications.md 6.4; walk-app.md 16-20, 30-32).</summary>
internal static class Activation
{
    public static (App App, AppProblem? Problem) Next(App app, Facts facts, AppProblem? volumes)
    {
        var accepted = app.Accepted!;
        if (!accepted.Activate)
            return Inactive(app, facts, volumes);
        if (NotYet(app, facts) is var (problem, shortage))
            return (app with { Status = app.Status with { State = SwState.Installed, Activated = false, ActivateInprogress = false, MissingMemory = shortage } }, problem);

        app = app with
        {
            Network = NetworkConfig(accepted),
            Status = app.Status with { MissingMemory = false, MissingNetwork = false, ActivateInprogress = !app.Status.Activated, State = Max(app.Status.State, SwState.Installed) },
        };
        if (facts.Domain is { Activated: true })
            return Mirror(app with { Domain = Running(app, facts) }, facts, volumes);
        if (NoNetwork(app, facts) is { } waiting)
            return app.Domain is null && facts.Domain is null ? waiting : Mirror(app, facts, waiting.Problem ?? volumes);
        if (app.Domain is null && facts.Domain is null && facts.Now < app.Status.StartTime.ToDateTimeOffset())
            return (app with { WakeAt = app.Status.StartTime.ToDateTimeOffset(), Status = app.Status with { State = SwState.StartDelayed } }, null);
        return Mirror(app with { Domain = Built(app, facts) }, facts, volumes);
    }

    // Down, but ready to come up: volumes and network stay.
    static (App, AppProblem?) Inactive(App app, Facts facts, AppProblem? volumes)
    {
        if (app.Domain is null && facts.Domain is null)
            return (app with { Status = app.Status with { State = SwState.Halted, Activated = false, ActivateInprogress = false, MissingMemory = false } }, volumes);
        var domain = app.Domain ?? Build(app, facts);
        app = app with { Network = app.Network ?? NetworkConfig(app.Accepted!), Domain = domain with { Activate = false, UserActivate = false } };
        return Mirror(app, facts, volumes);
    }

    // What runs keeps the configuration that it was started with, and goes down for a restart that is due. A configuration that was made only to stop
    // a guest, before its network was known, goes on stopping it: another guest must not come up with that.
    static DomainConfig? Running(App app, Facts facts)
    {
        var due = Acceptance.RestartDue(app.Accepted!, facts.Domain);
        var now = app.Domain ?? Whole(app, Build(app, facts) with { RestartCounter = facts.Domain!.RestartCounter });
        return now is null ? null
            : now with
            {
                Activate = !due && now.VifList.Count >= facts.Domain!.VifList.Count, UserActivate = true, UUIDandVersion = app.Accepted!.UUIDandVersion, DisplayName = app.Accepted.DisplayName,
            };
    }

    // What is down comes up with all that is configured by now; but not with volumes or networks that are not there.
    static DomainConfig? Built(App app, Facts facts) => Whole(app, Build(app, facts)) ?? app.Domain;

    static DomainConfig? Whole(App app, DomainConfig config) =>
        config.DiskConfigList.Any(d => d.FileLocation.Length == 0) || config.VifList.Count < app.Accepted!.AppNetAdapterList.Count ? null : config;

    static DomainConfig Build(App app, Facts facts)
    {
        var accepted = app.Accepted!;
        return new DomainConfig(
            accepted.UUIDandVersion, accepted.DisplayName, Activate: true, UserActivate: true, AppNum: facts.Network?.AppNum ?? 0,
            DisableLogs: accepted.DisableLogs,
            DiskConfigList: [.. app.Status.VolumeRefStatusList.Select((v, i) => Disk(v, app.Volumes[i]))],
            VifList: [.. (facts.Network?.AppNetAdapterList ?? default).Select(a => a.ToVifConfig())],
            IoAdapterList: accepted.IoAdapterList,
            PurgeCounter: (uint)Acceptance.PurgeCounter(accepted), RestartCounter: Acceptance.RestartCounter(accepted),
            AffinityType: accepted.AffinityType, CloudInitUserData: accepted.CloudInitUserData, MetaDataType: accepted.MetaDataType, Service: accepted.Service,
            CloudInitVersion: accepted.CloudInitVersion, DeploymentType: accepted.DeploymentType).With(accepted.ToCipherBlockStatus()).With(accepted.FixedResources);
    }

    static DiskConfig Disk(VolumeRefStatus volume, VolumeRefConfig asked) => new(
        $"{volume.VolumeID}#{volume.GenerationCounter + volume.LocalGenerationCounter}", volume.ActiveFileLocation, volume.ReadOnly, volume.ContentFormat,
        asked.MountDir, volume.DisplayName, volume.WWN, volume.Target, volume.CustomMeta);

    static AppNetworkConfig NetworkConfig(AppInstanceConfig accepted) => new(
        accepted.UUIDandVersion, accepted.DisplayName, Activate: true, accepted.CollectStatsIPAddr, accepted.AppNetAdapterList, accepted.CloudInitUserData,
        accepted.ToCipherBlockStatus(), accepted.MetaDataType, accepted.DeploymentType);

    // Nothing is started before it is known what runs already; what is counted among those that use memory was let in before.
    static (AppProblem Problem, bool Shortage)? NotYet(App app, Facts facts)
    {
        if (app.Status.Activated || app.Status.ActivateInprogress || facts.Domain is { Activated: true })
            return null;
        if (!facts.DomainsKnown || facts.MemoryLeft is not { } left)
            return (AppErrors.Of(facts.Domain, nameof(DomainStatus)) ?? Installation.Waiting, false);
        return left.Shortage(app.Accepted!) is { } shortage ? (shortage, true) : null;
    }

    static (App App, AppProblem? Problem)? NoNetwork(App app, Facts facts) => facts.Network switch
    {
        null or { PendingAdd: true } or { PendingModify: true } => (app, null),
        { Error.Length: > 0 } failed => (app, AppErrors.Of(failed, nameof(AppNetworkStatus))),
        { AwaitNetworkInstance: true } => (app with { Status = app.Status with { State = SwState.AwaitNetworkInstance, MissingNetwork = true } }, null),
        { Activated: false } => (app, null),
        { } network when !Answers(network, app.Accepted!) => (app, null),
        _ => null,
    };

    // It speaks of the adapters that are asked for, not of those before a change that zedrouter has not seen yet.
    static bool Answers(AppNetworkStatus network, AppInstanceConfig accepted) =>
        network.AppNetAdapterList.Select(a => (a.Name, a.Network)).Order().SequenceEqual(accepted.AppNetAdapterList.Select(a => (a.Name, a.Network)).Order());

    static (App, AppProblem?) Mirror(App app, Facts facts, AppProblem? volumes)
    {
        var domain = facts.Domain;
        var restarting = Restarting(app, domain);
        var next = app.Status with
        {
            Activated = domain is { Activated: true },
            ActivateInprogress = app.Accepted!.Activate && domain is not { Activated: true },
            MissingNetwork = false,
            DomainName = domain?.DomainName ?? "",
            BootTime = domain?.BootTime ?? default,
            State = domain is { State: >= SwState.Booting } ? domain.State : Max(app.Status.State < SwState.Booting ? app.Status.State : SwState.Installed, SwState.Installed),
            AppNetAdapters = Adapters(facts),
            RestartInprogress = restarting,
            RestartStartedAt = restarting == Inprogress.NotInprogress ? default : app.Status.RestartInprogress == Inprogress.NotInprogress ? facts.Now : app.Status.RestartStartedAt,
        };
        var problem = AppErrors.Of(domain, nameof(DomainStatus)) ?? AppErrors.Of(facts.Network, nameof(AppNetworkStatus)) ?? volumes;
        return (app with { Status = next }, problem);
    }

    static Inprogress Restarting(App app, DomainStatus? domain)
    {
        if (!app.Accepted!.Activate)
            return Inprogress.NotInprogress;
        if (domain is { Activated: true } && app.Domain is { Activate: false })
            return Inprogress.BringDown;
        var was = app.Status.RestartInprogress;
        return was != Inprogress.NotInprogress && domain is not { Activated: true } ? Inprogress.BringUp : Inprogress.NotInprogress;
    }

    // Zedrouter knows the adapters, domainmgr which of them the guest uses: both in one turn.
    static ValueList<AppNetAdapterStatus> Adapters(Facts facts) => facts.Network is not { } network ? default :
        [.. network.AppNetAdapterList.Select(a => a with { VifUsed = facts.Domain?.VifList.FirstOrDefault(v => v.Vif == a.Vif)?.VifUsed ?? "" })];

    static SwState Max(SwState a, SwState b) => a > b ? a : b;
}
