using Eve.Topics;

namespace Eve.Agents.Volumemgr;

internal enum VolumeStep { None, Create, Destroy }

/// <summary>All that bears on one volume besides its configuration.</summary>
/// <param name="RefCount">Its configuration, if there is one, and the references of apps.</param>
/// <param name="Wanted">It is to be made, not only its content verified.</param>
/// <param name="MayStart">No pause after a failure is running.</param>
/// <param name="MayDestroy">All who could want it have spoken, and no domain has its file open.</param>
/// <param name="Copied">How far its creation has come, in percent; null: no news.</param>
/// <param name="Remaining">Free space in bytes; null: not known yet.</param>
/// <param name="Provisioned">How large the guest sees it; 0: not known.</param>
internal sealed record VolumeFacts(
    DateTimeOffset Now,
    uint RefCount = 1,
    bool Wanted = false,
    ContentTreeStatus? Tree = null,
    VolumeFile? File = null,
    VolumeOutcome? Outcome = null,
    bool Running = false,
    bool MayStart = true,
    bool MayDestroy = false,
    uint? Copied = null,
    ulong? Remaining = null,
    ulong Provisioned = 0);

/// <summary>A volume's way: its content's states, its creation, its end (walk-app.md 4, 12-14, 40; applications.md 5.3).</summary>
internal static class Volumes
{
    public static (VolumeStatus? Status, VolumeStep Step) Next(VolumeConfig? config, VolumeStatus? was, VolumeFacts facts)
    {
        was = Absorb(was, facts);
        if (facts.RefCount == 0)
            return Retire(was, facts);
        if (was is { SubState: VolumeSubState.Deleting } && facts.Running)
            return (Counted(was, facts), VolumeStep.None);
        if (was is { SubState: VolumeSubState.Deleting })
            was = null;
        if (config is null && was is null)
            return (null, VolumeStep.None);

        config ??= ConfigOf(was!);
        var status = Counted(was is null ? Fresh(config, facts) : Renamed(was, config), facts);
        return status.State switch
        {
            >= SwState.CreatedVolume => (Filled(status, facts).WithFault(Regeneration(config, status), was, facts.Now), VolumeStep.None),
            SwState.CreatingVolume => GoOn(config, status, was, facts),
            _ => Prepare(config, Follow(status, config), was, facts),
        };
    }

    /// <summary>How many bytes the volume may come to take.</summary>
    public static ulong Needed(VolumeConfig config, ContentTreeStatus? tree) =>
        config is { ReadOnly: false, MaxVolSize: > 0 } ? config.MaxVolSize : (ulong)(tree?.CurrentSize ?? 0);

    // What a finished job says, before anything is decided.
    static VolumeStatus? Absorb(VolumeStatus? was, VolumeFacts facts) => (was, facts.Outcome) switch
    {
        (null, _) or (_, null) => was,
        ({ } status, { Error: { } error }) => status.WithFault(new(nameof(VolumeStatus), $"{Called(ConfigOf(status))} could not be {Attempt(status)}: {error}", Retry: "It is tried again."), was, facts.Now),
        ({ SubState: VolumeSubState.Deleting }, _) => null,
        ({ State: SwState.CreatingVolume } status, { File: { } file }) => status.WithFault(null, null, facts.Now) with
        {
            State = SwState.CreatedVolume, SubState = VolumeSubState.Created, Progress = 100, FileLocation = file.Path, CreateTime = facts.Now,
            MaxVolSize = status.MaxVolSize > 0 ? status.MaxVolSize : facts.Outcome.Provisioned,
        },
        _ => was,
    };

    static (VolumeStatus?, VolumeStep) Retire(VolumeStatus? was, VolumeFacts facts) => was switch
    {
        null => (null, VolumeStep.None),
        _ when !facts.MayDestroy => (Counted(was, facts), VolumeStep.None),
        { State: < SwState.CreatingVolume } => (null, VolumeStep.None),
        { SubState: VolumeSubState.Deleting } when facts.Running || !facts.MayStart => (was, VolumeStep.None),
        { SubState: VolumeSubState.Deleting } => (was, VolumeStep.Destroy),
        _ => (Counted(was, facts).WithFault(null, null, facts.Now) with { SubState = VolumeSubState.Deleting }, VolumeStep.Destroy),
    };

    // A file of that name is the volume: it was made in an earlier run, and holds what the guest wrote.
    static VolumeStatus Fresh(VolumeConfig config, VolumeFacts facts)
    {
        var status = Follow(new VolumeStatus(config.VolumeID, GenerationCounter: config.GenerationCounter, LocalGenerationCounter: config.LocalGenerationCounter,
            State: SwState.Initial), config);
        return facts.File is not { } file ? status : status with
        {
            State = SwState.CreatedVolume, SubState = VolumeSubState.Created, Progress = 100, FileLocation = file.Path, CreateTime = file.Created,
            ContentFormat = file.Format, TotalSize = file.Size, CurrentSize = file.Size,
        };
    }

    // Until its creation begins a volume follows its configuration in everything.
    static VolumeStatus Follow(VolumeStatus status, VolumeConfig config) => Renamed(status, config) with
    {
        ContentID = config.ContentID, VolumeContentOriginType = config.VolumeContentOriginType, MaxVolSize = config.MaxVolSize,
        ReadOnly = config.ReadOnly, Encrypted = config.Encrypted,
    };

    static VolumeStatus Renamed(VolumeStatus status, VolumeConfig config) => status with
    {
        DisplayName = config.DisplayName, Target = config.Target, CustomMeta = config.CustomMeta,
        IsReplicated = config.IsReplicated, IsNativeContainer = config.IsNativeContainer,
    };

    static VolumeStatus Counted(VolumeStatus status, VolumeFacts facts) => status.RefCount == facts.RefCount ? status
        : status with { RefCount = facts.RefCount, LastRefCountChangeTime = facts.Now };

    static VolumeStatus Filled(VolumeStatus status, VolumeFacts facts) => status with
    {
        MaxVolSize = status.MaxVolSize > 0 ? status.MaxVolSize : facts.Provisioned,
        ReferenceName = status.ReferenceName.Length == 0 && facts.Tree is { } tree ? Names.ReferenceName(tree) : status.ReferenceName,
    };

    static (VolumeStatus?, VolumeStep) GoOn(VolumeConfig config, VolumeStatus status, VolumeStatus? was, VolumeFacts facts)
    {
        if (facts.Copied is { } copied)
            status = status with { Progress = copied };
        if (Regeneration(config, status) is { } fault)
            status = status.WithFault(fault, was, facts.Now);
        else if (status.ErrorSourceType == nameof(VolumeConfig))
            status = status.WithFault(null, null, facts.Now);
        var ready = status.VolumeContentOriginType == VolumeContentOriginType.Blank || facts.Tree is { State: SwState.Loaded };
        return (status, facts is { Running: false, MayStart: true, Remaining: not null } && ready ? VolumeStep.Create : VolumeStep.None);
    }

    static (VolumeStatus?, VolumeStep) Prepare(VolumeConfig config, VolumeStatus status, VolumeStatus? was, VolumeFacts facts)
    {
        var blank = config.VolumeContentOriginType == VolumeContentOriginType.Blank;
        if (!blank)
            status = Mirror(status, facts.Tree);
        var fault = Unready(config, status, facts);
        if (fault is not null || (!blank && facts.Tree is not { State: SwState.Loaded }))
            return (status.WithFault(fault, was, facts.Now), VolumeStep.None);

        status = status with { State = SwState.Loaded, Progress = 100 };
        var needed = Needed(config, facts.Tree);
        if (!facts.Wanted || facts.Remaining is not { } remaining)
            return (status.WithFault(null, null, facts.Now), VolumeStep.None);
        if (remaining < needed)
            return (status.WithFault(Space.Short(Called(config), needed, remaining, new(ErrorEntityType.Volume, $"{config.VolumeID}")), was, facts.Now), VolumeStep.None);
        return (status.WithFault(null, null, facts.Now) with
        {
            State = SwState.CreatingVolume, SubState = VolumeSubState.Preparing, Progress = 0,
            ContentFormat = blank ? ImageFormat.Raw : facts.Tree!.Format, ReferenceName = blank ? "" : Names.ReferenceName(facts.Tree!),
        }, VolumeStep.Create);
    }

    static VolumeStatus Mirror(VolumeStatus status, ContentTreeStatus? tree) => status with
    {
        State = tree?.State ?? SwState.Initial, Progress = tree?.Progress ?? 0, TotalSize = tree?.TotalSize ?? 0, CurrentSize = tree?.CurrentSize ?? 0,
    };

    static Fault? Unready(VolumeConfig config, VolumeStatus status, VolumeFacts facts) => (config.VolumeContentOriginType, facts.Tree) switch
    {
        (VolumeContentOriginType.Blank, _) => config.MaxVolSize > 0 ? null
            : new(nameof(VolumeConfig), $"{Called(config)} is blank and has no size; give it a maximum size in bytes."),
        (VolumeContentOriginType.Download, null) => new(
            nameof(ContentTreeStatus), $"{Called(config)} waits for content tree {config.ContentID}, which is not in the configuration; add it, or name another.",
            ErrorSeverity.Notice, "It goes on when the content tree is configured.", [new ErrorEntity(ErrorEntityType.ContentTree, $"{config.ContentID}")]),
        (VolumeContentOriginType.Download, { Error.Length: > 0 } tree) => Fault.From(
            tree, nameof(ContentTreeStatus), $"Found error in content tree {Called(tree)} attached to volume {status.DisplayName}: {tree.Error}",
            ErrorEntityType.ContentTree, $"{tree.ContentID}"),
        (VolumeContentOriginType.Download, { } tree) => Names.IsVolumeFormat(tree.Format) ? null : new(
            nameof(ContentTreeStatus), $"{Called(config)}: volumes of the format {tree.Format} are not built yet; give content tree {tree.ContentID} as QCOW2, RAW or ISO."),
        _ => new(nameof(VolumeConfig), $"{Called(config)}: its origin is {(int)config.VolumeContentOriginType}; give 1 (blank) or 2 (downloaded)."),
    };

    // A size of 0 means "as large as its content", whatever that came to (walk-app.md 4, gap 9).
    static Fault? Regeneration(VolumeConfig config, VolumeStatus status)
    {
        var what = config switch
        {
            _ when config.VolumeContentOriginType != status.VolumeContentOriginType => $"origin {status.VolumeContentOriginType} to {config.VolumeContentOriginType}",
            _ when config.ContentID != status.ContentID => $"content tree {status.ContentID} to {config.ContentID}",
            { MaxVolSize: > 0 } when config.MaxVolSize != status.MaxVolSize => $"maximum size {status.MaxVolSize} to {config.MaxVolSize}",
            _ when config.ReadOnly != status.ReadOnly => $"read-only {status.ReadOnly} to {config.ReadOnly}",
            _ => null,
        };
        return what is null ? null
            : new(nameof(VolumeConfig), $"Need volume regeneration: {Called(config)} changed its {what}; give it a new generation, or take the change back.");
    }

    static VolumeConfig ConfigOf(VolumeStatus status) => new(
        status.VolumeID, status.ContentID, status.VolumeContentOriginType, status.MaxVolSize, status.ReadOnly, status.GenerationCounter, status.LocalGenerationCounter,
        status.Encrypted, status.DisplayName, false, status.Target, status.CustomMeta, status.IsReplicated, status.IsNativeContainer);

    static string Attempt(VolumeStatus status) => status.SubState == VolumeSubState.Deleting ? "removed" : "made";

    static string Called(VolumeConfig config) => $"Volume {config.DisplayName} ({config.VolumeID})";

    static string Called(ContentTreeStatus tree) => $"{(tree.DisplayName.Length > 0 ? tree.DisplayName : tree.RelativeURL)} ({tree.ContentID})";
}
