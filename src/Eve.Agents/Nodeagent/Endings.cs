using Eve.Topics;

namespace Eve.Agents.Nodeagent;

internal enum EndingStep
{
    /// <summary>The others have been told; zedagent tells the controller.</summary>
    Announced,

    /// <summary>The applications are being stopped.</summary>
    Halting,

    /// <summary>All are down; what they wrote comes to rest.</summary>
    Settling,

    Done,
}

/// <summary>The device is ending: how, why, and how far it has come since when.</summary>
internal sealed record Ending(PowerAction Action, string Reason, BootReason BootReason, EndingStep Step, TimeSpan Since);

/// <summary>When and how the device ends (device-agents.md 4.5).</summary>
internal static class Endings
{
    static readonly TimeSpan Announcement = TimeSpan.FromSeconds(30);
    static readonly TimeSpan LongestHalt = TimeSpan.FromSeconds(300);
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    /// <summary>What the controller or its stand-in asked for through zedagent.</summary>
    public static Ending? Asked(ZedAgentStatus? zedagent, TimeSpan now) => zedagent switch
    {
        { RebootCmd: true } => new(PowerAction.Reboot, zedagent.RequestedRebootReason, Or(zedagent.RequestedBootReason, BootReason.RebootCmd), EndingStep.Announced, now),
        { PoweroffCmd: true } => new(PowerAction.Poweroff, zedagent.RequestedRebootReason, Or(zedagent.RequestedBootReason, BootReason.PoweroffCmd), EndingStep.Announced, now),
        { ShutdownCmd: true } => new(PowerAction.Shutdown, zedagent.RequestedRebootReason, BootReason.None, EndingStep.Announced, now),
        _ => null,
    };

    /// <summary>A device that has not reached its controller for too long starts again.</summary>
    public static Ending? Disconnected(Contact contact, ConfigView config, TimeSpan now)
    {
        var limit = config.Get(ConfigItems.RebootNoNetwork);
        return now - contact.Last > limit
            ? new(PowerAction.Reboot, $"Controller not reached for {limit.TotalSeconds:0} s", BootReason.Disconnect, EndingStep.Announced, now)
            : null;
    }

    /// <summary>How far it is now.</summary>
    public static Ending Next(Ending ending, bool domainsRun, TimeSpan now) => ending.Step switch
    {
        EndingStep.Announced when now - ending.Since >= Announcement => ending with { Step = EndingStep.Halting, Since = now },
        EndingStep.Halting when !domainsRun || now - ending.Since >= LongestHalt => ending with { Step = EndingStep.Settling, Since = now },
        EndingStep.Settling when !IsShutDown(ending) && now - ending.Since >= Rest => ending with { Step = EndingStep.Done, Since = now },
        _ => ending,
    };

    /// <summary>When to look again.</summary>
    public static TimeSpan? Deadline(Ending ending) => ending.Step switch
    {
        EndingStep.Announced => ending.Since + Announcement,
        EndingStep.Halting => ending.Since + LongestHalt,
        EndingStep.Settling when !IsShutDown(ending) => ending.Since + Rest,
        _ => null,
    };

    /// <summary>A shutdown ends with its applications: the device goes on reporting until it is told to reboot, or loses its power.</summary>
    public static bool IsShutDown(Ending ending) => ending is { Action: PowerAction.Shutdown, Step: > EndingStep.Halting };

    static BootReason Or(BootReason given, BootReason otherwise) => given == BootReason.None ? otherwise : given;
}
