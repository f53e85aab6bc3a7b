using System.Diagnostics;

namespace Eve.Benchmarks.CrossProcess;

/// <summary>How much comes to subscribers, of which none may miss anything: rounds, each of which all have seen before the next.</summary>
static class Deliveries
{
    static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(4), s_measured = TimeSpan.FromSeconds(4);

    /// <summary>The median of the rounds' rates, in deliveries a second over all subscribers, and how many values were skipped.</summary>
    public static async Task<(double Rate, double Skipped)> RateAsync(Child[] subscribers, int keys, int firstCounter, Func<Sample[], Task> publish)
    {
        List<double> rates = [];
        var skipped = 0.0;
        var counter = firstCounter;
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < s_warmUp + s_measured; counter++)
        {
            var samples = Sample.Set(keys, counter);
            foreach (var subscriber in subscribers)
                await subscriber.OrderAsync($"all {keys}");
            var warm = Stopwatch.GetElapsedTime(start) > s_warmUp;      // the runtime compiles anew what is used much
            var began = Stopwatch.GetTimestamp();
            await publish(samples);
            double ended = began;
            foreach (var subscriber in subscribers)
            {
                var done = await subscriber.DoneAsync();
                (skipped, ended) = (skipped + done[0], Math.Max(ended, done[2]));
            }
            if (warm)
                rates.Add(keys * (double)subscribers.Length / Stopwatch.GetElapsedTime(began, (long)ended).TotalSeconds);
        }
        return (rates.Order().ElementAt(rates.Count / 2), skipped);
    }
}
