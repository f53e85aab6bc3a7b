using Eve.Topics;

namespace Eve.Agents.Diag;

/// <summary>From what the agents say to what a person should know (device-agents.md 4.6). Each fault comes with its reason and its remedy.</summary>
internal static class Findings
{
    public static IReadOnlyList<Finding> Of(DiagFacts facts) =>
    [
        Leds.Of(facts.Led),
        .. DeviceFindings.Of(facts),
        .. NetworkFindings.Of(facts),
        .. AppFindings.Of(facts),
    ];

    /// <summary>An error as an agent has published it. Our own texts end with their remedy; others get one.</summary>
    public static Finding Of(string about, string text, IErrorStatus status, string remedy) => new(
        status.ErrorSeverity is ErrorSeverity.Notice or ErrorSeverity.Warning ? Grade.Warning : Grade.Error,
        about, text, status.Error, status.ErrorRetryCondition.Length > 0 ? $"{status.ErrorRetryCondition} {remedy}" : remedy);
}
