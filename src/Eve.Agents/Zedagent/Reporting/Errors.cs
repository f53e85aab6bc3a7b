using Eve.Topics;
using Wire = Eve.Api.Info;

namespace Eve.Agents.Zedagent.Reporting;

/// <summary>Errors as reports have them (reports.md 0).</summary>
internal static class Errors
{
    /// <summary>The error of a status; null if there is none.</summary>
    public static Wire.ErrorInfo? Of(IErrorStatus status)
    {
        if (status.ErrorTime.IsZero)
            return null;
        var error = new Wire.ErrorInfo
        {
            Description = status.Error,
            Timestamp = Units.Time(status.ErrorTime),
            Severity = (Wire.Severity)status.ErrorSeverity,
            RetryCondition = status.ErrorRetryCondition,
        };
        error.Entities.AddRange(status.ErrorEntities.Select(e => new Wire.DeviceEntity { Entity = (Wire.Entity)e.EntityType, EntityId = e.EntityID }));
        return error;
    }

    /// <summary>How a port's last test went: always there, without a text when it went well.</summary>
    public static Wire.ErrorInfo Of(TestResults test)
    {
        if (test.LastFailed > test.LastSucceeded)
            return new() { Description = test.LastError, Severity = Wire.Severity.Error, Timestamp = Units.Time(test.LastFailed) };
        var passed = new Wire.ErrorInfo { Timestamp = Units.Time(test.LastSucceeded) };
        if (test.LastWarning.Length > 0)
            (passed.Description, passed.Severity) = (test.LastWarning, Wire.Severity.Warning);
        return passed;
    }

    /// <summary>The errors of adapters as one: those of their group first and once, then each adapter's own after its name. Null if there are none.</summary>
    public static Wire.ErrorInfo? Of(IReadOnlyList<IoBundle> adapters)
    {
        var all = adapters.SelectMany(a => a.Error.Errors.Select(e => (Adapter: a, Error: e))).ToList();
        if (all.Count == 0)
            return null;
        var texts = all.Where(e => e.Error.GroupScoped).Select(e => e.Error.ErrStr).Distinct()
            .Concat(all.Where(e => !e.Error.GroupScoped).Select(e => $"{e.Adapter.Logicallabel}: {e.Error.ErrStr}"));
        return new()
        {
            Description = string.Join("; ", texts),
            Severity = all.TrueForAll(e => e.Error.Warning) ? Wire.Severity.Warning : Wire.Severity.Error,
            Timestamp = Units.Time(all.Max(e => e.Adapter.Error.TimeOfError)),
        };
    }

    /// <summary>Both, with the graver severity and the later time.</summary>
    public static Wire.ErrorInfo Join(Wire.ErrorInfo one, Wire.ErrorInfo? other)
    {
        if (other is null)
            return one;
        var both = one.Clone();
        both.Description = one.Description.Length == 0 ? other.Description : $"{one.Description}; {other.Description}";
        both.Severity = other.Severity > one.Severity ? other.Severity : one.Severity;
        if (other.Timestamp is { } later && (one.Timestamp is null || later > one.Timestamp))
            both.Timestamp = later;
        return both;
    }
}
