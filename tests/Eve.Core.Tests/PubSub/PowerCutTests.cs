using System.Globalization;
using Eve.Tests.Platform;
using NUnit.Framework;

namespace Eve.Tests;

/// <summary>Persistent topics on a disk whose power is cut, or that fails, at each of its steps.</summary>
public class PowerCutTests
{
    static readonly EvePaths s_paths = new("/device");

    static MemoryBus Boot(ModelDisk disk, RecordingLog log) => new(["writer", "other"], new PersistentStore(s_paths, disk, TimeProvider.System, log));

    [Test]
    public async Task After_a_power_cut_at_any_step_each_safe_value_is_there_and_none_that_was_never_published()
    {
        var disk = new ModelDisk();
        var script = new PersistentScript(disk);
        List<(int Step, Loss Loss, ModelDisk Left, Ledger Ledger)> cuts = [];
        var random = new Random(1);
        disk.Watch = () =>
        {
            foreach (var loss in Enum.GetValues<Loss>())
                cuts.Add((disk.Steps, loss, disk.Cut(loss, random), script.Ledger.Copy()));
        };
        await script.RunAsync();

        foreach (var (step, loss, left, ledger) in cuts)
            await CheckAsync(left, ledger, $"cut before step {step + 1}, lost: {loss}", random);
        TestContext.Out.WriteLine($"the power was cut before each of {disk.Steps} steps, in {Enum.GetValues<Loss>().Length} ways: {cuts.Count} starts");
        Assert.That(disk.Steps, Is.GreaterThanOrEqualTo(500));
    }

    [Test]
    public async Task A_failure_at_any_step_is_told_to_whom_it_concerns_and_made_good_later()
    {
        var steps = await CountAsync();
        for (var n = 1; n <= steps; n++)
        {
            var disk = new ModelDisk { FailAt = n };
            var script = new PersistentScript(disk);
            await script.RunAsync(after: () => CheckAsync(disk.Cut(Loss.Everything, new(n)), script.Ledger, $"step {n} failed: {disk.Failed}", new(n)));
            if (!disk.Failed.StartsWith("sync", StringComparison.Ordinal) && !disk.Failed.StartsWith("make folder", StringComparison.Ordinal))
                Assert.That(script.Failures, Is.LessThanOrEqualTo(1), $"step {n}, {disk.Failed}: one key's failure is no other's");
            Assert.That(disk.Names.Where(n => Path.GetFileName(n).StartsWith("tmp", StringComparison.Ordinal)), Is.Empty, $"step {n}, {disk.Failed}: nothing is left beside its place");
            script.Ledger.AllIsSafe();
            await CheckAsync(disk.Cut(Loss.Everything, new(n)), script.Ledger, $"step {n} failed: {disk.Failed}, and all was closed", new(n));
        }
        TestContext.Out.WriteLine($"each of {steps} steps failed once");
        Assert.That(steps, Is.GreaterThanOrEqualTo(500));
    }

    [TestCase(Loss.Everything)]
    [TestCase(Loss.Contents)]
    public void The_model_would_notice_a_missing_sync(Loss loss)
    {
        var disk = new ModelDisk();
        disk.MakeFolder("/f");
        disk.Sync("/");
        disk.Write("/f/tmp", "{}"u8, default);
        disk.Rename("/f/tmp", "/f/a");
        Assert.That(disk.Cut(loss, new(1)).Read("/f/a"), Is.EqualTo(loss == Loss.Everything ? null : Array.Empty<byte>()));
        disk.Sync("/f/a");
        disk.Sync("/f");
        Assert.That(disk.Cut(loss, new(1)).Read("/f/a"), Is.EqualTo("{}"u8.ToArray()));
    }

    static async Task<int> CountAsync()
    {
        var disk = new ModelDisk();
        await new PersistentScript(disk).RunAsync();
        return disk.Steps;
    }

    // The start after the cut may be cut short as well.
    static async Task CheckAsync(ModelDisk left, Ledger ledger, string when, Random random)
    {
        for (var start = 1; start <= 2; start++)
        {
            using var log = new RecordingLog();
            await using (var bus = Boot(left, log))
            {
                foreach (var topic in PersistentScript.Topics)
                {
                    var found = bus.Of(topic).Snapshot().ToDictionary(v => $"{topic} {v.Key}", v => ((Note)v.Value).Size.ToString(CultureInfo.InvariantCulture));
                    ledger.Check(found, $"{topic} ", () => $"{when}, start {start}\n{left}");
                }
            }
            Assert.That(left.Names.Where(n => Path.GetFileName(n).StartsWith("tmp", StringComparison.Ordinal)), Is.Empty, when);
            Assert.That(log.Has("garbled"), Is.False, when);
            left = left.Cut(Loss.Everything, random);
        }
    }

    /// <summary>Three topics and fifty keys, over three boots: publishes, changes, removals, one at a time and many in flight.</summary>
    sealed class PersistentScript(ModelDisk disk)
    {
        public static readonly Topic<Note>[] Topics = [NoteTopics.Kept, NoteTopics.Kept with { Scope = "scope" }, new("other", Persistent: true)];

        long _value;

        public Ledger Ledger { get; } = new();
        public int Failures { get; private set; }

        public async Task RunAsync(Func<Task>? after = null)
        {
            var checks = 0;
            for (var boot = 0; boot < 3; boot++)
            {
                using var log = new RecordingLog();
                await using var bus = Boot(disk, log);
                var publications = Topics.Select(t => new Publication<Note>(bus, t)).ToArray();
                foreach (var batch in Batches(boot))
                {
                    await Task.WhenAll(batch.Select(b => DoAsync(publications[b.Key % 3], $"{Topics[b.Key % 3]} k{b.Key}", $"k{b.Key}", b.Remove)));
                    if (after is not null && disk.Failed.Length > 0 && checks++ < 4)
                        await after();
                }
                publications[boot].SignalRestarted();
            }
        }

        // All keys at once, each alone for some, removals among changes, and what was removed once more.
        static IEnumerable<(int Key, bool Remove)[]> Batches(int boot)
        {
            for (var k = 0; k < 3; k++)
                yield return [(k, false)];      // into folders that may not be there yet, with no sync of everything
            yield return [.. Enumerable.Range(0, 50).Select(k => (k, boot == 1 && k % 7 == 0))];
            for (var k = boot; k < 12; k += 3)
                yield return [(k, k % 4 == 3)];
            yield return [.. Enumerable.Range(20, 20).Select(k => (k, k % 2 == boot % 2))];
            yield return [(3, true), (4, false), (5, false)];
            yield return [(3, false), (4, false), (5, true)];
        }

        async Task DoAsync(Publication<Note> publication, string name, string key, bool remove)
        {
            var which = Ledger.Add(name, remove ? null : (++_value).ToString(CultureInfo.InvariantCulture));
            try
            {
                await (remove ? publication.RemoveAsync(key, CancellationToken.None) : publication.PublishAsync(new(key, _value), CancellationToken.None)).WithinLimit();
                Ledger.Safe(name, which);
            }
            catch (EveException)
            {
                Failures++;
            }
        }
    }
}
