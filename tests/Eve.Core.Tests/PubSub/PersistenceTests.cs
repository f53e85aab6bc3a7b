using NUnit.Framework;

namespace Eve.Tests;

/// <summary>Persistent topics on a disk that does what it should.</summary>
public class PersistenceTests : PersistenceFixture
{
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
        Assert.That(Folder.Path("persist/status/writer/s/Note/a.json"), Does.Exist);
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
        Assert.That(Log.Lines, Is.Empty);
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

    [Test]
    public async Task Many_keys_are_read_on_all_cores_and_each_once()
    {
        var notes = Enumerable.Range(0, 500).Select(i => new Note($"k{i}", i)).ToArray();
        await using (var bus = Boot())
            Kept(bus).Replace(notes);
        Assert.That((await ValuesAfterRebootAsync()).Values, Is.EquivalentTo(notes));
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
        Assert.That(Directory.GetFileSystemEntries(Folder.Root), Is.Empty);
    }
}
