using System.Diagnostics;
using System.Globalization;
using Eve.Platform;
using Microsoft.Extensions.Logging.Abstractions;

namespace Eve.Benchmarks;

/// <summary>
/// `persistent [--json] [FOLDER]`: publishing to the disk in EVE's layout, many in flight and one by one, against the same file operations without any sync;
/// and what a start takes to load 10,000 keys. Peers in the same round, medians of five rounds.
/// </summary>
static class PersistentFigures
{
    const int Rounds = 5;
    const int InFlight = 5_000;
    const int OneByOne = 400;
    const int Loaded = 10_000;

    public static async Task RunAsync(string[] args)
    {
        var report = new Report(args.Contains("--json"));
        var root = Path.Combine(args.LastOrDefault(a => !a.StartsWith('-')) ?? Path.GetTempPath(), "evebench-" + Guid.NewGuid().ToString("N"));
        try
        {
            List<double> grouped = [], unsynced = [], single = [], loads = [];
            for (var round = 0; round <= Rounds; round++)
            {
                var folder = Path.Combine(root, round.ToString(CultureInfo.InvariantCulture));
                var (group, none, one) = (
                    await RateAsync(Path.Combine(folder, "grouped"), MachineFiles.Instance, InFlight, InFlight),
                    await RateAsync(Path.Combine(folder, "unsynced"), new UnsyncedFiles(MachineFiles.Instance), InFlight, InFlight),
                    await RateAsync(Path.Combine(folder, "single"), MachineFiles.Instance, OneByOne, 1));
                var load = await LoadAsync(Path.Combine(root, "loaded"));
                if (round == 0)
                    continue;       // the first one warms up
                grouped.Add(group);
                unsynced.Add(none);
                single.Add(one);
                loads.Add(load);
                Libc.SyncFileSystem(root);
            }
            report.Tell("persistent publishes, many in flight, all acknowledged", Median(grouped), "/s");
            report.Tell("the same file operations without any sync", Median(unsynced), "/s");
            report.Tell("persistent publishes, one by one", Median(single), "/s");
            var ofUnsynced = Median(grouped.Zip(unsynced, (g, n) => g / n));
            report.AtLeast("many in flight, of the rate without any sync", ofUnsynced, "ratio", 0.85);
            var ofSingle = Median(grouped.Zip(single, (g, s) => g / s));
            report.AtLeast("many in flight, of the rate one by one", ofSingle, "ratio", 2.5);
            report.AtMost("load of 10,000 persistent keys of 1 KB", Median(loads), "ms", 150);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>Changes of keys that are there already, so that each has a backup to make: acknowledged a second.</summary>
    static async Task<double> RateAsync(string folder, IFiles files, int changes, int inFlight)
    {
        var keys = Math.Min(changes, 1_000);
        await using var bus = Boot(folder, files);
        var publication = new Publication<Status>(bus, Kept);
        await Task.WhenAll(Enumerable.Range(0, keys).Select(k => publication.PublishAsync(Status.Of($"k{k}", 0), CancellationToken.None)));
        // A store of the newest value of each key merges what is in flight: so many are in flight as there are keys.
        var begun = Stopwatch.GetTimestamp();
        for (var done = 0; done < changes;)
        {
            var batch = Math.Min(Math.Min(inFlight, keys), changes - done);
            var number = done / keys + 1;
            var first = done;
            await Task.WhenAll(Enumerable.Range(0, batch).Select(i => publication.PublishAsync(Status.Of($"k{(first + i) % keys}", number), CancellationToken.None)));
            done += batch;
        }
        return changes / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    static async Task<double> LoadAsync(string folder)
    {
        if (!Directory.Exists(folder))
        {
            await using var bus = Boot(folder, new UnsyncedFiles(MachineFiles.Instance));
            var publication = new Publication<Status>(bus, Kept);
            publication.Replace(Enumerable.Range(0, Loaded).Select(k => Status.Of($"k{k}", 0)));
            publication.Replace(Enumerable.Range(0, Loaded).Select(k => Status.Of($"k{k}", 1)));
        }
        await using var next = Boot(folder, MachineFiles.Instance);
        var begun = Stopwatch.GetTimestamp();
        var count = next.Of(Kept).Snapshot().Count;
        var elapsed = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        return count == Loaded ? elapsed : throw new InvalidOperationException($"{count} keys were loaded.");
    }

    static readonly Topic<Status> Kept = new("bench", Persistent: true);

    static MemoryBus Boot(string root, IFiles files) => new(["bench"], new PersistentStore(new EvePaths(root), files, TimeProvider.System, NullLogger.Instance));

    static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
