using NUnit.Framework;

namespace Eve.Tests;

/// <summary>Persistent topics whose files are torn, missing or in the way.</summary>
public class PersistenceDamageTests : PersistenceFixture
{
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
        Assert.That(Log.Has("a is restored"));
        Assert.That(await File.ReadAllTextAsync(FileOf("1.garbled")), Is.EqualTo(content), "it is kept as evidence");
        Assert.That(Log.Has(FileOf("1.garbled")));
    }

    [Test]
    public async Task Of_garbled_files_the_first_eight_are_kept()
    {
        await PublishAsync([.. Enumerable.Range(0, 12).Select(i => new Note($"k{i:00}"))]);
        for (var i = 0; i < 12; i++)
            await File.WriteAllTextAsync(FileOf($"k{i:00}.json"), "no json");
        Assert.That(await ValuesAfterRebootAsync(), Is.Empty);
        Assert.That(Directory.GetFiles(TopicFolder).Select(Path.GetFileName), Is.EquivalentTo(Enumerable.Range(1, 8).Select(i => $"{i}.garbled")));
        Assert.That(Log.Lines.Count(l => l.Contains("is garbled", StringComparison.Ordinal)), Is.EqualTo(12));
    }

    [Test]
    public async Task A_folder_in_the_place_of_a_file_is_named_and_its_backup_read()
    {
        await PublishAsync(new Note("a", 1), new Note("a", 2), new Note("b"));
        File.Delete(FileOf("a.json"));
        Directory.CreateDirectory(FileOf("a.json/in the way"));
        Assert.That((await ValuesAfterRebootAsync()).Values, Is.EquivalentTo(new Note[] { new("a", 1), new("b") }));
        Assert.That(Log.Has("a.json: Is a directory"));
        Assert.That(FileOf("a.json/in the way"), Does.Exist);
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
        Assert.That(Log.Has("a.json"));

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
        await Soon.Async(() => Log.Has("cannot be written"));
        File.Delete(TopicFolder);
        await Soon.Async(() => File.Exists(FileOf("a.json")), () => Time.Advance(TimeSpan.FromSeconds(10)));
    }

    [Test]
    public async Task What_one_key_has_against_being_written_holds_up_no_other()
    {
        Directory.CreateDirectory(FileOf("a.json/full"));
        await using var bus = Boot();
        var kept = Kept(bus);
        kept.Publish(new("a"));
        Assert.That(async () => await kept.PublishAsync(new("a", 1), CancellationToken.None).WithinLimit(), Throws.TypeOf<EveException>().With.Message.Contains("a.json"));
        await kept.PublishAsync(new("b"), CancellationToken.None).WithinLimit();
        Assert.That(FileOf("b.json"), Does.Exist);
        Directory.Delete(FileOf("a.json"), recursive: true);
        await kept.PublishAsync(new("a", 1), CancellationToken.None).WithinLimit();
        Assert.That(FileOf("a.json"), Does.Exist);
    }

    [Test]
    public async Task Who_waits_for_a_bus_that_has_ended_is_told()
    {
        var bus = Boot();
        var kept = Kept(bus);
        await bus.DisposeAsync();
        Assert.That(async () => await kept.PublishAsync(new("late"), CancellationToken.None).WithinLimit(), Throws.TypeOf<EveException>().With.Message.Contains("ended"));
    }
}
