using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Eve.Platform;
using Microsoft.Extensions.Logging.Abstractions;

namespace Eve.Benchmarks.CrossProcess;

/// <summary>
/// `cross-process [--json] [PART ...]`: publisher and subscribers in processes of their own, records of 1 KB in JSON, every message checked; raw sockets, NATS and Redis in the same run.
/// </summary>
sealed partial class CrossProcessFigures(Report report) : IAsyncDisposable
{
    public const int Samples = 2_500, WarmUp = 500;
    const int Keys = 10_000, DistinctKeys = 1_000;
    const double EveRate = 867;     // updates a second, 10 keys and 4 subscribers

    readonly string _root = Directory.CreateTempSubdirectory("evebus").FullName;
    int _folders;

    public static async Task RunAsync(string[] args)
    {
        var report = new Report(args.Contains("--json"));
        await using var figures = new CrossProcessFigures(report);
        await using var peers = await Peers.StartAsync();
        (string Name, Func<Task> Measure)[] parts =
        [
            ("latency", () => figures.LatenciesAsync(peers)),
            ("deliveries-1", () => figures.DeliveriesAsync(1, peers)),
            ("deliveries-4", () => figures.DeliveriesAsync(4, peers)),
            ("deliveries-16", () => figures.DeliveriesAsync(16, peers)),
            ("lagging", figures.LaggingAsync),
            ("few-keys", figures.FewKeysAsync),
            ("sync", () => figures.SyncAsync(Keys, 100)),
            ("sync-many", () => figures.SyncAsync(10 * Keys, 1000)),
            ("restart", figures.RestartAsync),
            ("one-change", figures.OneChangeAsync),
            ("publisher", figures.PublisherAsync),
            ("persistent", () => PersistentFigures.RunAsync([.. args.Where(a => a.StartsWith('-'))])),
        ];
        var wanted = args.Where(a => !a.StartsWith('-')).ToList();
        foreach (var (_, measure) in parts.Where(p => wanted.Count == 0 || wanted.Contains(p.Name)))
            await measure();
    }

    string NewRoot() => Directory.CreateDirectory(Path.Combine(_root, (++_folders).ToString(CultureInfo.InvariantCulture))).FullName;

    static async Task<Child[]> ReadersAsync(string root, int count)
    {
        var readers = Enumerable.Range(0, count).Select(_ => Child.Start("reader", root)).ToArray();
        foreach (var reader in readers)
            await reader.LineAsync("complete");
        return readers;
    }

    async Task LatenciesAsync(Peers peers)
    {
        var raw = await RawHopAsync();
        report.Tell("a raw seqpacket hop, p50", raw, "µs");
        report.Tell("NATS: publish until its subscriber has the record, p50", (await peers.Nats.LatencyAsync())[0], "µs");
        foreach (var keys in new[] { 1, 100, Keys })
        {
            var root = NewRoot();
            await using var bus = Part.Join(root);
            var publication = new Publication<Sample>(bus, Sample.Topic);
            publication.Replace(Sample.Set(keys, 1));
            var reader = (await ReadersAsync(root, 1))[0];
            await reader.OrderAsync($"latency {WarmUp}");
            var random = new Random(1);
            for (var i = 0; i <= Samples; i++)
            {
                Thread.Sleep(1);
                publication.Publish(Sample.Of(random.Next(keys), i < Samples ? Stopwatch.GetTimestamp() : long.MaxValue));
            }
            var latency = await reader.DoneAsync();
            report.Tell($"publish until the agent's turn, {keys:N0} keys, p50", latency[0], "µs");
            report.Tell($"publish until the agent's turn, {keys:N0} keys, p99", latency[1], "µs");
            report.AtMost($"publish until the agent's turn, {keys:N0} keys, p50, of the raw hop", latency[0] / raw, "ratio", 4);
            await reader.DisposeAsync();
        }
    }

    async Task<double> RawHopAsync()
    {
        var path = Path.Combine(NewRoot(), "raw.sock");
        using var listener = RawPeer.Listen(path);
        await using var child = Child.Start("raw", path, "1");
        using var socket = await listener.AcceptAsync();
        await child.LineAsync("connected");
        await child.OrderAsync($"latency {Samples}");
        var packet = new byte[RawPeer.Size];
        for (var i = 0; i < Samples; i++)
        {
            Thread.Sleep(1);
            BitConverter.TryWriteBytes(packet, Stopwatch.GetTimestamp());
            socket.Send(packet);
        }
        return (await child.DoneAsync())[0];
    }

    async Task DeliveriesAsync(int subscribers, Peers peers)
    {
        foreach (var batch in new[] { 1, 32 })
            report.Tell($"{subscribers} subscribers: raw, {batch} packets a system call, nothing decoded, in total", await RawRateAsync(subscribers, batch), "/s");
        var root = NewRoot();
        await using var bus = Part.Join(root);
        var publication = new Publication<Sample>(bus, Sample.Topic);
        publication.Replace(Sample.Set(DistinctKeys, 1));
        var readers = await ReadersAsync(root, subscribers);
        var (rate, skipped) = await Deliveries.RateAsync(readers, DistinctKeys, firstCounter: 2, samples =>
        {
            foreach (var sample in samples)
                publication.Publish(sample);
            return Task.CompletedTask;
        });
        report.AtLeast($"{subscribers} subscribers: delivered and decoded, in total", rate, "/s", 150_000);
        report.AtMost($"{subscribers} subscribers: values lost", skipped, "", 0);
        foreach (var reader in readers)
            await reader.DisposeAsync();
        var nats = await peers.Nats.RateAsync(subscribers, DistinctKeys);
        report.Tell($"{subscribers} subscribers: NATS, in total", nats, "/s");
        report.AtLeast($"{subscribers} subscribers: of NATS", rate / nats, "ratio", 1.5);
        report.Tell($"{subscribers} subscribers: Redis, in total", await peers.Redis.RateAsync(subscribers, DistinctKeys), "/s");
    }

    async Task<double> RawRateAsync(int subscribers, int batch)
    {
        var count = 640_000 / subscribers / 32 * 32;
        var path = Path.Combine(NewRoot(), "raw.sock");
        using var listener = RawPeer.Listen(path);
        List<(Child Child, Socket Socket)> peers = [];
        for (var i = 0; i < subscribers; i++)
        {
            var child = Child.Start("raw", path, batch.ToString(CultureInfo.InvariantCulture));
            peers.Add((child, await listener.AcceptAsync()));
            await child.LineAsync("connected");
            await child.OrderAsync($"all {count}");
        }
        var began = Stopwatch.GetTimestamp();
        RawPeer.Send([.. peers.Select(p => p.Socket)], count, batch);
        double ended = began;
        foreach (var (child, socket) in peers)
        {
            ended = Math.Max(ended, (await child.DoneAsync())[0]);
            socket.Dispose();
            await child.DisposeAsync();
        }
        return count * (double)subscribers / Stopwatch.GetElapsedTime(began, (long)ended).TotalSeconds;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return default;
    }
}
