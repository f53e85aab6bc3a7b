namespace Eve.Agents.Volumemgr;

/// <summary>When something that failed is tried again: after 10 s, then twice as long each time, at most 10 minutes.</summary>
internal sealed record Retry(int Failures, TimeSpan At)
{
    static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static Retry After(Retry? before, TimeSpan now)
    {
        var failures = (before?.Failures ?? 0) + 1;
        var pause = First * Math.Pow(2, Math.Min(failures - 1, 10));
        return new(failures, now + (pause < Longest ? pause : Longest));
    }
}
