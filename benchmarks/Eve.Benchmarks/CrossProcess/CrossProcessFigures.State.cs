using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Eve.Platform;

namespace Eve.Benchmarks.CrossProcess;

/// <summary>Figures of a topic as a state: who lags, who comes late, what restarts.</summary>
sealed partial class CrossProcessFigures
{
    const int LaggingKeys = 1_000, LaggingPublishes = 1_000_000, FewKeys = 10, Rounds = 9;

    async Task LaggingAsync()
    {
        var root = NewRoot();
        await using var bus = Part.Join(root);
        var publication = new Publication<Sample>(bus, Sample.Topic);
        publication.Replace(Sample.Set(LaggingKeys, 1));
        var readers = await ReadersAsync(root, 16);
        List<(double Rate, double CaughtUp)> rounds = [];
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        for (var round = 0; round < Rounds; round++)
            rounds.Add(await LagAsync(publication, readers, 2 + round * (LaggingPublishes + 1L)));
        memory = GC.GetTotalMemory(forceFullCollection: true) - memory;
        foreach (var reader in readers)
            await reader.DisposeAsync();
        report.AtLeast("accepted publishes, 1,000 keys, 16 subscribers that lag", rounds.Select(r => r.Rate).Order().ElementAt(Rounds / 2), "/s", 1_000_000);
        report.AtMost("... until all have the last value of every key, after the end", rounds.Select(r => r.CaughtUp).Order().ElementAt(Rounds / 2), "ms", 50);
        report.AtMost("... memory more than before", memory / 1e6, "MB", 16);
    }

    static async Task<(double Rate, double CaughtUp)> LagAsync(Publication<Sample> publication, Child[] readers, long first)
    {
        var last = Sample.Set(LaggingKeys, first + LaggingPublishes);
        foreach (var reader in readers)
            await reader.OrderAsync($"last {first + LaggingPublishes} {LaggingKeys}");
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < LaggingPublishes; i++)
            publication.Publish(last[i % LaggingKeys] with { Counter = first + i });
        Array.ForEach(last, publication.Publish);
        var ended = Stopwatch.GetTimestamp();
        double caughtUp = 0;
        foreach (var reader in readers)
            caughtUp = Math.Max(caughtUp, (await reader.DoneAsync())[0]);
        return (LaggingPublishes / Stopwatch.GetElapsedTime(began, ended).TotalSeconds, Math.Max(0, Stopwatch.GetElapsedTime(ended, (long)caughtUp).TotalMilliseconds));
    }

    async Task FewKeysAsync()
    {
        var root = NewRoot();
        await using var bus = Part.Join(root);
        var publication = new Publication<Sample>(bus, Sample.Topic);
        publication.Replace(Sample.Set(FewKeys, 1));
        var readers = await ReadersAsync(root, 4);
        var (rate, _) = await Deliveries.RateAsync(readers, FewKeys, firstCounter: 2, samples =>
        {
            Array.ForEach(samples, publication.Publish);
            return Task.CompletedTask;
        });
        foreach (var reader in readers)
            await reader.DisposeAsync();
        report.AtLeast("10 keys, 4 subscribers: publishes that all have seen, of EVE's 867 a second", rate / readers.Length / EveRate, "ratio", 20);
    }

    async Task SyncAsync(int keys, double goal)
    {
        var root = NewRoot();
        await using var bus = Part.Join(root);
        new Publication<Sample>(bus, Sample.Topic).Replace(Sample.Set(keys, 1));
        await using var child = Child.Start("syncs", root, Rounds.ToString(CultureInfo.InvariantCulture));
        List<double> times = [];
        for (var i = 0; i < Rounds; i++)
        {
            var synced = (await child.LineAsync("synced")).Split(' ');
            times.Add(synced[0] == keys.ToString(CultureInfo.InvariantCulture) ? double.Parse(synced[1], CultureInfo.InvariantCulture) : throw new InvalidOperationException($"{synced[0]} keys have come."));
        }
        report.AtMost($"sync of {keys:N0} keys to a new subscriber, median of {Rounds} in a process", times.Order().ElementAt(Rounds / 2), "ms", goal);
    }

    async Task RestartAsync()
    {
        var root = NewRoot();
        var publisher = Child.Start("publisher", root, Keys.ToString(CultureInfo.InvariantCulture));
        await publisher.LineAsync("published");
        await using var reader = Child.Start("reader", root);
        await reader.LineAsync("complete");
        var counter = Path.Combine(root, "run/bench/Sample/restarted");       // what comes last into a folder
        List<double> times = [];
        for (var i = 0; i < 5; i++)
        {
            while (!File.Exists(counter))
                await Task.Delay(50);
            await publisher.DisposeAsync();
            await reader.LineAsync("incomplete");
            publisher = Child.Start("publisher", root, Keys.ToString(CultureInfo.InvariantCulture));
            var began = long.Parse(await publisher.LineAsync("published"), CultureInfo.InvariantCulture);
            var complete = (await reader.LineAsync("complete")).Split(' ');
            times.Add(complete[0] == Keys.ToString(CultureInfo.InvariantCulture)
                ? Stopwatch.GetElapsedTime(began, long.Parse(complete[1], CultureInfo.InvariantCulture)).TotalMilliseconds
                : throw new InvalidOperationException($"{complete[0]} keys have come."));
        }
        await publisher.DisposeAsync();
        report.AtMost("publisher killed and started again with 10,000 keys, until synchronized, beyond its start", times.Order().ElementAt(2), "ms", 150);
    }

    async Task OneChangeAsync()
    {
        var root = NewRoot();
        await using var bus = Part.Join(root);
        var publication = new Publication<Sample>(bus, Sample.Topic);
        publication.Replace(Sample.Set(Keys, 1));
        using var socket = Seqpacket.Connect(Path.Combine(root, "run/bench/Sample.sock"), out _)!;
        socket.Send("request Sample"u8);
        Count(socket, TimeSpan.FromMilliseconds(500));
        publication.Publish(Sample.Of(17, 2));
        report.AtMost("messages sent for one changed key among 10,000", Count(socket, TimeSpan.FromMilliseconds(200)), "", 1);
    }

    static int Count(Seqpacket socket, TimeSpan quiet)
    {
        using var batch = new Seqpacket.Batch();
        var count = 0;
        for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < quiet;)
        {
            if (socket.Receive(batch) is not (> 0 and var more))
                continue;
            (count, since) = (count + more, Stopwatch.GetTimestamp());
        }
        return count;
    }

    async Task PublisherAsync()
    {
        var root = NewRoot();
        await using var publisher = Child.Start("publisher", root, Keys.ToString(CultureInfo.InvariantCulture));
        await publisher.LineAsync("published");
        var readers = await ReadersAsync(root, 2);
        report.AtMost("memory of the publisher, 10,000 keys of 1 KB, two subscribers synchronized", publisher.Resident / 1e6, "MB", 60);
        var (sent, received) = (0.0, 0.0);
        for (var round = 0; round < 30; round++)     // the last one counts: all is warm then
            (sent, received) = await AllocatedAsync(publisher, readers, "prepare");
        var record = DecodedSize();
        report.AtMost("allocated for each publish, of the decoded record", sent / record, "ratio", 1.5);
        report.AtMost("allocated for each receive, of the decoded record", received / record, "ratio", 1.5);
        report.AtMost("allocated for each publish of an equal value", (await AllocatedAsync(publisher, [], "prepare-equal")).Sent, "B", 0);
        await Task.Delay(TimeSpan.FromSeconds(25));     // the pool's threads end after 20 s without work
        var before = Sleeps();
        await Task.Delay(TimeSpan.FromSeconds(10));
        report.AtMost("wake-ups of an idle publisher and two idle subscribers", Sleeps().Sum(t => t.Value - before.GetValueOrDefault(t.Key)) / 10.0, "/s", 0);
        foreach (var reader in readers)
            await reader.DisposeAsync();

        Dictionary<string, long> Sleeps() => readers.Append(publisher).SelectMany(c => c.Sleeps()).ToDictionary();
    }

    static async Task<(double Sent, double Received)> AllocatedAsync(Child publisher, Child[] readers, string prepare)
    {
        const int Count = Part.AtOnce;
        foreach (var reader in readers)
            await reader.OrderAsync($"all {Count}");
        await publisher.OrderAsync(prepare);
        var (zero, before) = (await Allocated(), await Allocated());      // taking the orders costs something itself
        await publisher.OrderAsync("publish");
        var received = 0.0;
        foreach (var reader in readers)
            received = (await reader.DoneAsync())[1];
        return (Math.Max(0, Math.Round((await Allocated() - before - (before - zero) * 2) / Count)), received / Count);

        async Task<double> Allocated() => double.Parse(await publisher.OrderAsync("allocated"), CultureInfo.InvariantCulture);
    }

    static double DecodedSize()
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(Sample.Of(1, 1), Sample.Json);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            JsonSerializer.Deserialize(json, Sample.Json);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / 1_000.0;
    }
}
