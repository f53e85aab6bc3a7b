using Eve.Topics;

namespace Eve.Agents.Nodeagent;

/// <summary>Why the device booted (device-agents.md 4.5, last reboot).</summary>
internal static class LastBoot
{
    // A stack longer than the first number is cut to its last part: the second one (controller.md 7.3).
    const int LongestStack = 1700;
    const int StackPart = 1600;

    public static NodeAgentStatus Status(BootFacts facts) => new(
        Name: AgentNames.Nodeagent,
        CurPart: facts.Partition,
        RebootReason: Text(facts),
        BootReason: Reason(facts),
        RebootStack: facts.Stack.Length > LongestStack ? facts.Stack[^StackPart..] : facts.Stack,
        RebootTime: facts.Time is { } time ? time : default(GoTime),
        RebootImage: facts.Image,
        RestartCounter: facts.RestartCounter);

    static BootReason Reason(BootFacts facts) => facts switch
    {
        { BootReason: not BootReason.None } => facts.BootReason,
        { Reason.Length: > 0 } => BootReason.Unknown,
        { FirstBoot: true } => BootReason.First,
        _ => BootReason.Unknown,
    };

    static string Text(BootFacts facts) => facts switch
    {
        { Reason.Length: > 0 } => facts.Reason,
        { FirstBoot: true } => "NORMAL: First boot of device",
        _ => "Unknown reboot reason: power failure or crash",
    };
}
