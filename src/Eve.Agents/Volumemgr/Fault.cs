using Eve.Topics;

namespace Eve.Agents.Volumemgr;

/// <summary>What is wrong, and the name of the type that caused it: a cause clears only its own fault (applications.md 0.1).</summary>
internal sealed record Fault(
    string Source, string Text, ErrorSeverity Severity = ErrorSeverity.Error, string Retry = "", ValueList<ErrorEntity> Entities = default, GoTime Time = default)
{
    /// <summary>One hop up: text, time, severity and retry condition of the cause; the entity is the cause itself.</summary>
    public static Fault From(IErrorStatus cause, string source, string text, ErrorEntityType type, string id) =>
        new(source, text, cause.ErrorSeverity, cause.ErrorRetryCondition, [new ErrorEntity(type, id)], cause.ErrorTime);

    /// <summary>The same text keeps its time; a cause that gave no severity is taken to be grave.</summary>
    public ErrorDescription Since(IErrorStatus? was, DateTimeOffset now) =>
        new(Text, was is { Error.Length: > 0 } && was.Error == Text ? was.ErrorTime : Time.IsZero ? now : Time,
            Severity == ErrorSeverity.Unspecified ? ErrorSeverity.Error : Severity, Retry, Entities);
}

internal static class Faults
{
    public static BlobStatus WithFault(this BlobStatus status, Fault? fault, BlobStatus? was, DateTimeOffset now) =>
        status.With(fault?.Since(was, now) ?? ErrorDescription.None) with { ErrorSourceType = fault?.Source ?? "" };

    public static ContentTreeStatus WithFault(this ContentTreeStatus status, Fault? fault, ContentTreeStatus? was, DateTimeOffset now) =>
        status.With(fault?.Since(was, now) ?? ErrorDescription.None) with { ErrorSourceType = fault?.Source ?? "" };

    public static VolumeStatus WithFault(this VolumeStatus status, Fault? fault, VolumeStatus? was, DateTimeOffset now) =>
        status.With(fault?.Since(was, now) ?? ErrorDescription.None) with { ErrorSourceType = fault?.Source ?? "" };

    public static VolumeRefStatus WithFault(this VolumeRefStatus status, Fault? fault, VolumeRefStatus? was, DateTimeOffset now) =>
        status.With(fault?.Since(was, now) ?? ErrorDescription.None) with { ErrorSourceType = fault?.Source ?? "" };
}
