using System.Diagnostics;
using System.Globalization;
using Eve.Platform;
using Eve.Tests.Platform;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests;

/// <summary>Persistent topics on real disks that are full, read-only, locked or littered.</summary>
[Category("system")]
public class DiskTroubleTests
{
    readonly FakeTimeProvider _time = new();
    RecordingLog _log = null!;

    [SetUp]
    public void SetUp() => _log = new();

    [TearDown]
    public void TearDown() => _log.Dispose();

    MemoryBus Boot(string root) => new(["writer"], new PersistentStore(new EvePaths(root), MachineFiles.Instance, _time, _log));

    static string TopicFolder(string root) => Path.Combine(root, "persist/status/writer/Note");

    static Note Large(int number) => new(number.ToString(CultureInfo.InvariantCulture).PadLeft(200, '0'), number);

    async Task RetryUntilSafeAsync(Publication<Note> kept, Note note)
    {
        _time.Advance(PersistentStore.RetryAfter);
        await kept.PublishAsync(note, CancellationToken.None).WithinLimit();
    }

    [Test]
    public async Task A_full_disk_is_named_and_what_waits_is_written_once_there_is_room()
    {
        await using var disk = await LoopMount.OfAsync(4);
        var written = 0;
        await using (var bus = Boot(disk.Root))
        {
            var kept = new Publication<Note>(bus, NoteTopics.Kept);
            await kept.PublishAsync(Large(0), CancellationToken.None).WithinLimit();
            await using (var filler = File.Create(Path.Combine(disk.Root, "filler")))
                Fill(filler);
            EveException? full = null;
            for (written = 1; full is null && written < 20_000; written++)
            {
                try
                {
                    await kept.PublishAsync(Large(written), CancellationToken.None).WithinLimit();
                }
                catch (EveException exception)
                {
                    full = exception;
                }
            }
            Assert.That(full?.Message, Does.Contain("writer/Note").And.Contain("No space left on device").And.Contain(TopicFolder(disk.Root)));
            Assert.That(bus.Of(NoteTopics.Kept).Snapshot(), Has.Count.EqualTo(written), "in memory the agents go on");
            File.Delete(Path.Combine(disk.Root, "filler"));
            await RetryUntilSafeAsync(kept, Large(written - 1));
        }
        await using var next = Boot(disk.Root);
        Assert.That(next.Of(NoteTopics.Kept).Snapshot(), Has.Count.EqualTo(written));
    }

    static void Fill(FileStream file)
    {
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // it is full
        }
    }

    [Test]
    public async Task A_file_system_that_turned_read_only_is_named_and_the_device_goes_on()
    {
        await using var disk = await LoopMount.OfAsync(16);
        await using (var bus = Boot(disk.Root))
        {
            var kept = new Publication<Note>(bus, NoteTopics.Kept);
            await kept.PublishAsync(new("a", 1), CancellationToken.None).WithinLimit();
            await disk.RemountAsync("ro");
            Assert.That(async () => await kept.PublishAsync(new("a", 2), CancellationToken.None).WithinLimit(), Throws.TypeOf<EveException>().With.Message.Contains("Read-only file system"));
            await disk.RemountAsync("rw");
            await RetryUntilSafeAsync(kept, new("a", 2));
        }
        await disk.RemountAsync("ro");
        await using var reader = Boot(disk.Root);
        Assert.That(reader.Of(NoteTopics.Kept).Read("a"), Is.EqualTo(new Note("a", 2)), "what is there can be read all the same");
    }

    [Test]
    public async Task A_folder_without_rights_is_named_and_other_topics_are_written()
    {
        await using var disk = await LoopMount.OfAsync(16);
        Directory.CreateDirectory(TopicFolder(disk.Root));
        await disk.RunAsync("chattr", "+i", TopicFolder(disk.Root));       // root needs no rights, but this stops it as well
        await using (var bus = Boot(disk.Root))
        {
            var kept = new Publication<Note>(bus, NoteTopics.Kept);
            Assert.That(
                async () => await kept.PublishAsync(new("a"), CancellationToken.None).WithinLimit(),
                Throws.TypeOf<EveException>().With.Message.Contains("Operation not permitted").And.Message.Contains(TopicFolder(disk.Root)));
            await new Publication<Note>(bus, NoteTopics.Kept with { Scope = "scope" }).PublishAsync(new("a"), CancellationToken.None).WithinLimit();
            await disk.RunAsync("chattr", "-i", TopicFolder(disk.Root));
            await RetryUntilSafeAsync(kept, new("a"));
        }
        Assert.That(Path.Combine(TopicFolder(disk.Root), "a.json"), Does.Exist);
    }

    [TestCase(20_000)]
    [TestCase(100_000, Category = "long")]
    public async Task Temporary_files_that_were_left_hold_up_no_start_and_are_removed_behind_it(int count)
    {
        await using var disk = await LoopMount.OfAsync(2048);       // of inodes there are as many as its size allows
        Directory.CreateDirectory(TopicFolder(disk.Root));
        await File.WriteAllTextAsync(Path.Combine(TopicFolder(disk.Root), "a.json"), """{"Name":"a"}""");
        for (var i = 0; i < count; i++)
            await File.Create(Path.Combine(TopicFolder(disk.Root), $"tmp{i}")).DisposeAsync();

        var begun = Stopwatch.GetTimestamp();
        await using (var bus = Boot(disk.Root))
        {
            Assert.That(bus.Of(NoteTopics.Kept).Snapshot().Keys, Is.EqualTo(["a"]));
            TestContext.Out.WriteLine($"{count} leftovers: loaded after {Stopwatch.GetElapsedTime(begun).TotalMilliseconds:0} ms");
            Assert.That(Stopwatch.GetElapsedTime(begun), Is.LessThan(TimeSpan.FromSeconds(5)));
            await new Publication<Note>(bus, NoteTopics.Kept).PublishAsync(new("b"), CancellationToken.None).WithinLimit();
        }
        Assert.That(Directory.GetFiles(TopicFolder(disk.Root)).Select(Path.GetFileName), Is.EquivalentTo(["a.json", "b.json"]));
    }
}
