using Eve.Topics;

namespace Eve.Agents.Zedmanager;

/// <summary>Why an application does not come on.</summary>
/// <param name="Text">For people: the thing, the value, the remedy.</param>
/// <param name="Source">The type that caused it (applications.md 0.1).</param>
internal sealed record AppProblem(string Text, string Source)
{
    public ErrorSeverity Severity { get; init; } = ErrorSeverity.Error;
    public string RetryCondition { get; init; } = "";
    public ValueList<ErrorEntity> Entities { get; init; }
    public GoTime Time { get; init; }

    /// <summary>The configuration itself is of no use: nothing is asked of anybody.</summary>
    public bool Final { get; init; }
}

/// <summary>How errors travel up to the application (walk-app.md 12; applications.md 0.1).</summary>
internal static class AppErrors
{
    /// <summary>The status with this problem, or without any. The same text keeps its time.</summary>
    public static AppInstanceStatus Put(AppInstanceStatus status, AppProblem? problem, AppInstanceStatus former, DateTimeOffset now)
    {
        if (problem is null or { Text: "" })
            return status.With(ErrorDescription.None) with { ErrorSourceType = "" };
        var time = !problem.Time.IsZero ? problem.Time : former.Error == problem.Text ? former.ErrorTime : now;
        return status.With(new ErrorDescription(problem.Text, time, problem.Severity, problem.RetryCondition, problem.Entities)) with { ErrorSourceType = problem.Source };
    }

    /// <summary>The errors of volumes as one: texts joined, the volumes as entities, the last one's time.</summary>
    public static AppProblem? OfVolumes(IEnumerable<VolumeRefStatus> volumes)
    {
        var failed = volumes.Where(v => v.Error.Length > 0).ToList();
        if (failed.Count == 0)
            return null;
        var condition = failed.Select(v => v.ErrorRetryCondition).FirstOrDefault(c => c.Length > 0) ?? "";
        return new(string.Join("\n\n", failed.Select(v => v.Error)), failed[^1].ErrorSourceType.Length > 0 ? failed[^1].ErrorSourceType : nameof(VolumeRefStatus))
        {
            Severity = condition.Length > 0 ? failed.Max(v => v.ErrorSeverity) : ErrorSeverity.Error,
            RetryCondition = condition,
            Entities = [.. failed.Select(v => new ErrorEntity(ErrorEntityType.Volume, v.VolumeID.ToString()))],
            Time = failed[^1].ErrorTime,
        };
    }

    public static AppProblem? Of(IErrorStatus? status, string source) => status is null or { Error: "" } ? null : new(status.Error, source)
    {
        Severity = status.ErrorSeverity, RetryCondition = status.ErrorRetryCondition, Entities = status.ErrorEntities, Time = status.ErrorTime,
    };
}
