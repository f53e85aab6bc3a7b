namespace Eve.Agents.Shared;

/// <summary>How long to wait before the next try.</summary>
internal static class BackOff
{
    /// <summary>Doubles with each failure up to the longest, and takes half to all of that: devices that lost a controller together do not return together.</summary>
    /// <param name="failures">How many in a row; 1 or more.</param>
    /// <param name="shortest">After the first failure, at most.</param>
    /// <param name="longest">After many.</param>
    /// <param name="random">In 0..1.</param>
    public static TimeSpan Pause(int failures, TimeSpan shortest, TimeSpan longest, double random)
    {
        var full = shortest * Math.Pow(2, Math.Clamp(failures - 1, 0, 30));
        return (full < longest ? full : longest) * (0.5 + random / 2);
    }

    /// <summary>A moment within a period, as EVE's tickers spread their ticks (0.3..1.0 x for most).</summary>
    public static TimeSpan Within(TimeSpan period, double from, double to, double random) => period * (from + (to - from) * random);
}
