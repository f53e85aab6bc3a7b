using Eve.Tests.Platform;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests;

public class PersistenceTests
{
    readonly FakeTimeProvider _time = new();
    TemporaryFolder _folder = null!;
    RecordingLog _log = null!;

    [SetUp]
    public void MakeFolder() => (_folder, _log) = (new(), new());

    [TearDown]
    public void RemoveFolder()
    {
        _folder.Dispose();
        _log.Dispose();
    }

    string TopicFolder => _folder.Path("persist/status/writer/Note");

    string FileOf(string name) => Path.Combine(TopicFolder, name);

    /// <summary>A device from power-on to its orderly end.</summary>
    MemoryBus Boot() => new(["writer"], new PersistentStore(new EvePaths(_folder.Root), _time, _log));

    static Publication<Note> Kept(MemoryBus bus) => new(bus, NoteTopics.Kept);

    async Task<IReadOnlyDictionary<string, Note>> ValuesAfterRebootAsync()
    {
        await using var bus = Boot();
        return bus.Of(NoteTopics.Kept).Snapshot();
    }

    async Task PublishAsync(params Note[] notes)
    {
        await using var bus = Boot();
        var kept = Kept(bus);
        foreach (var note in notes)
            await kept.PublishAsync(note, CancellationToken.None).WithinLimit();
    }

    [Test]
    public async Task A_topic_has_a_folder_and_each_key_a_file_as_in_EVE()
    {
        await PublishAsync(new Note("a", 1));
        Assert.That(await File.ReadAllTextAsync(FileOf("a.json")), Is.EqualTo("""{"Name":"a","Size":1}"""));
        Assert.That(Directory.GetFiles(TopicFolder), Has.Length.EqualTo(1));
        Assert.That(File.GetUnixFileMode(TopicFolder), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Test]
    public async Task A_scope_is_a_folder_of_its_own()
    {
        await using var bus = Boot();
        await new Publication<Note>(bus, NoteTopics.Kept with { Scope = "s" }).PublishAsync(new("a"), CancellationToken.None).WithinLimit();
        Assert.That(_folder.Path("persist/status/writer/s/Note/a.json"), Does.Exist);
    }

    [Test]
    public async Task The_former_value_stays_beside_the_new_one()
    {
        await PublishAsync(new Note("a", 1), new Note("a", 2));
        Assert.That(await File.ReadAllTextAsync(FileOf("a.json.bak")), Is.EqualTo("""{"Name":"a","Size":1}"""));
        Assert.That(await ValuesAfterRebootAsync(), Does.ContainValue(new Note("a", 2)));
    }

    [TestCase("a")]
    [TestCase("")]
    [TestCase(".")]
    [TestCase("tmp")]
    [TestCase("restarted")]
    [TestCase("a.json")]
    [TestCase("a.json.bak")]
    [TestCase("with space; $(and more) \n'\"*")]
    [TestCase("ä-語")]
    public async Task What_was_published_is_there_after_a_reboot_whatever_its_key(string key)
    {
        await using (var bus = Boot())
        {
            Kept(bus).Publish(key, new("a", 1));
            Kept(bus).Publish(key, new("a", 2));
        }
        Assert.That(await ValuesAfterRebootAsync(), Is.EquivalentTo(new Dictionary<string, Note> { [key] = new("a", 2) }));
    }

    [TestCase(246)]
    [TestCase(247)]
    [TestCase(250)]
    public async Task A_key_too_long_for_a_backup_is_kept_without_one(int length)
    {
        var key = new string('k', length);
        await using (var bus = Boot())
        {
            var kept = Kept(bus);
            await kept.PublishAsync(new(key, 1), CancellationToken.None).WithinLimit();
            await kept.PublishAsync(new(key, 2), CancellationToken.None).WithinLimit();
            await kept.PublishAsync(new("gone"), CancellationToken.None).WithinLimit();
            Assert.That(Directory.GetFiles(TopicFolder, "*.bak"), Has.Length.EqualTo(length == 246 ? 1 : 0));
        }
        Assert.That((await ValuesAfterRebootAsync())[key].Size, Is.EqualTo(2));

        await using (var bus = Boot())
            await Kept(bus).RemoveAsync(key, CancellationToken.None).WithinLimit();
        Assert.That((await ValuesAfterRebootAsync()).Keys, Is.EqualTo(["gone"]));
    }

    [Test]
    public async Task A_withdrawn_key_takes_its_backup_with_it()
    {
        await PublishAsync(new Note("a", 1), new Note("a", 2));
        await using (var bus = Boot())
            await Kept(bus).RemoveAsync("a", CancellationToken.None).WithinLimit();
        Assert.That(Directory.GetFiles(TopicFolder), Is.Empty);
    }

    [Test]
    public async Task What_came_and_went_before_it_was_written_is_no_error()
    {
        await using var bus = Boot();
        var kept = Kept(bus);
        kept.Publish(new("a"));
        await kept.RemoveAsync("a", CancellationToken.None).WithinLimit();
        Assert.That(_log.Lines, Is.Empty);
    }

    [Test]
    public async Task The_signal_that_the_set_is_complete_is_a_counter_that_a_reboot_takes_back()
    {
        await using (var bus = Boot())
            Kept(bus).Replace([new("a")]);
        Assert.That(await File.ReadAllTextAsync(FileOf("restarted")), Is.EqualTo("1"));
        await ValuesAfterRebootAsync();
        Assert.That(FileOf("restarted"), Does.Not.Exist);
    }

    [Test]
    public async Task A_subscriber_sees_the_disk_before_the_publisher_is_there()
    {
        await PublishAsync(new Note("a"));
        await using var bus = Boot();
        var subscription = new Subscription<Note>(bus, NoteTopics.Kept, null);
        ((IInput)subscription).Advance();
        Assert.That(subscription is { Count: 1, Synchronized: false, Ready: false });
    }

    [Test]
    public async Task The_publisher_begins_with_what_the_disk_holds()
    {
        await PublishAsync(new Note("a"), new Note("b"));
        await using (var bus = Boot())
            Kept(bus).Replace([new("b", 1)]);
        Assert.That((await ValuesAfterRebootAsync()).Values, Is.EqualTo(new Note[] { new("b", 1) }));
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("{\"Name\":\"a\",")]
    [TestCase("{\"Name\":\"a\",\"Size\":99999999999999999999}")]
    [TestCase("{\"Name\":\"\\ud800\"}")]
    [TestCase("\0\0\0\0")]
    public async Task A_file_that_does_not_parse_is_restored_from_its_backup(string content)
    {
        await PublishAsync(new Note("a", 1), new Note("a", 2), new Note("b"));
        await File.WriteAllTextAsync(FileOf("a.json"), content);
        Assert.That((await ValuesAfterRebootAsync()).Values, Is.EquivalentTo(new Note[] { new("a", 1), new("b") }));
        Assert.That(await File.ReadAllTextAsync(FileOf("a.json")), Does.Contain("\"Size\":1"));
        Assert.That(_log.Has("a is restored"));
    }

    [Test]
    public async Task A_vanished_file_is_restored_from_its_backup()
    {
        await PublishAsync(new Note("a", 1), new Note("a", 2));
        File.Delete(FileOf("a.json"));
        Assert.That((await ValuesAfterRebootAsync()).Values, Is.EqualTo(new Note[] { new("a", 1) }));
    }

    [TestCase("")]
    [TestCase("no json")]
    public async Task What_neither_file_tells_is_left_out_and_named(string content)
    {
        await PublishAsync(new Note("a", 1), new Note("a", 2), new Note("b"));
        await File.WriteAllTextAsync(FileOf("a.json"), content);
        await File.WriteAllTextAsync(FileOf("a.json.bak"), content);
        Assert.That((await ValuesAfterRebootAsync()).Keys, Is.EqualTo(["b"]));
        Assert.That(_log.Has("a.json"));

        await PublishAsync(new Note("a", 3));
        Assert.That((await ValuesAfterRebootAsync())["a"].Size, Is.EqualTo(3));
    }

    [Test]
    public async Task Files_that_a_killed_process_left_are_removed_and_strange_ones_left_alone()
    {
        await PublishAsync(new Note("a"), new Note("tmpkey", 1), new Note("tmpkey", 2));
        foreach (var name in (string[])["tmp123", "tmp0123456789abcdef.bak", "strange.txt"])
            await File.WriteAllTextAsync(FileOf(name), "x");
        Directory.CreateDirectory(FileOf("folder.json"));
        Assert.That((await ValuesAfterRebootAsync()).Keys, Is.EquivalentTo(["a", "tmpkey"]));
        Assert.That(Directory.GetFiles(TopicFolder).Select(Path.GetFileName), Is.EquivalentTo(["a.json", "tmpkey.json", "tmpkey.json.bak", "strange.txt"]));
    }

    [Test]
    public async Task A_folder_that_is_a_file_stops_no_device_and_the_failure_names_topic_folder_and_remedy()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(TopicFolder)!);
        await File.WriteAllTextAsync(TopicFolder, "in the way");
        await using var bus = Boot();
        var kept = Kept(bus);
        Assert.That(
            async () => await kept.PublishAsync(new("a"), CancellationToken.None).WithinLimit(),
            Throws.TypeOf<EveException>().With.Message.Contains("writer/Note").And.Message.Contains(TopicFolder).And.Message.Contains("Free space or mend"));
        Assert.That(bus.Of(NoteTopics.Kept).Read("a"), Is.Not.Null, "in memory it is published all the same");
    }

    [Test]
    public async Task What_could_not_be_written_is_tried_again_by_the_clock()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(TopicFolder)!);
        await File.WriteAllTextAsync(TopicFolder, "in the way");
        await using var bus = Boot();
        Kept(bus).Publish(new("a"));
        await Soon.Async(() => _log.Has("cannot be written"));
        File.Delete(TopicFolder);
        await Soon.Async(() => File.Exists(FileOf("a.json")), () => _time.Advance(TimeSpan.FromSeconds(10)));
    }

    [Test]
    public async Task What_one_key_has_against_being_written_holds_up_no_other()
    {
        Directory.CreateDirectory(FileOf("a.json/full"));
        await using var bus = Boot();
        var kept = Kept(bus);
        kept.Publish(new("a"));
        Assert.That(async () => await kept.PublishAsync(new("b"), CancellationToken.None).WithinLimit(), Throws.TypeOf<EveException>());
        Assert.That(FileOf("b.json"), Does.Exist);
        Directory.Delete(FileOf("a.json"), recursive: true);
        await kept.PublishAsync(new("c"), CancellationToken.None).WithinLimit();
        Assert.That(FileOf("a.json"), Does.Exist);
    }

    [Test]
    public async Task Everything_is_on_disk_when_the_bus_has_ended()
    {
        await using (var bus = Boot())
        {
            var kept = Kept(bus);
            for (var i = 0; i < 50; i++)
                kept.Publish(new("k" + i, i));
        }
        Assert.That(await ValuesAfterRebootAsync(), Has.Count.EqualTo(50));
    }

    [Test]
    public async Task Who_waits_for_a_bus_that_has_ended_is_told()
    {
        var bus = Boot();
        var kept = Kept(bus);
        await bus.DisposeAsync();
        Assert.That(async () => await kept.PublishAsync(new("late"), CancellationToken.None).WithinLimit(), Throws.TypeOf<EveException>().With.Message.Contains("ended"));
    }

    [Test]
    public async Task Keys_withdrawn_faster_than_they_are_written_leave_no_file()
    {
        await PublishAsync(new Note("old"));
        await using (var bus = Boot())
        {
            var kept = Kept(bus);
            kept.Remove("old");
            for (var i = 0; i < 2500; i++)
            {
                kept.Publish(new("k" + i));
                kept.Remove("k" + i);
            }
            kept.Publish(new("last"));
        }
        Assert.That(Directory.GetFiles(TopicFolder).Select(Path.GetFileName), Is.EqualTo(["last.json"]));
    }

    [Test]
    public async Task A_global_table_and_a_volatile_topic_touch_no_disk()
    {
        await using (var bus = Boot())
        {
            new Publication<Note>(bus, NoteTopics.Board with { Persistent = true }).Publish(new("a"));
            new Publication<Note>(bus, NoteTopics.Notes).Publish(new("a"));
        }
        Assert.That(Directory.GetFileSystemEntries(_folder.Root), Is.Empty);
    }
}
