using NUnit.Framework;

namespace Eve.Tests;

public class PublicationTests
{
    readonly MemoryBus _bus = new(["writer"]);

    TopicStore Notes => _bus.Of(NoteTopics.Notes);

    [OneTimeTearDown]
    public async Task DisposeAsync() => await _bus.DisposeAsync();

    [SetUp]
    public void Clear()
    {
        foreach (var key in Notes.Snapshot().Keys)
            Notes.Publish(key, null);
    }

    Publication<Note> Publish(CancellationToken ended = default) => new(_bus, NoteTopics.Notes, ended);

    [Test]
    public void It_starts_with_what_the_bus_still_holds()
    {
        Publish().Publish(new("a"));
        var next = Publish();
        Assert.That(next["a"], Is.EqualTo(new Note("a")));
        next.Replace([]);
        Assert.That(Notes.Snapshot(), Is.Empty);
    }

    [Test]
    public void Replace_publishes_exactly_these()
    {
        var notes = Publish();
        notes.Replace([new("a"), new("b")]);
        notes.Replace([new("b", 1), new("c")]);
        Assert.That(Notes.Snapshot().Values, Is.EquivalentTo(new Note[] { new("b", 1), new("c") }));
        Assert.That(notes.Keys, Is.EquivalentTo(["b", "c"]));
    }

    [Test]
    public void The_first_Replace_completes_the_set_and_a_second_says_nothing_more()
    {
        var notes = Publish();
        Assert.That(Notes.Announced, Is.EqualTo((true, 0)));
        notes.Replace([]);
        notes.Replace([]);
        notes.SignalRestarted();
        Assert.That(Notes.Announced, Is.EqualTo((true, 1)));
    }

    [Test]
    public void A_key_may_be_the_publishers_own()
    {
        var notes = Publish();
        notes.Publish("", new("a"));
        Assert.That(Notes.Read(""), Is.EqualTo(new Note("a")));
        notes.Remove("");
        Assert.That(notes.Value, Is.Null);
    }

    [Test]
    public void Removing_what_is_not_there_is_no_error() => Assert.DoesNotThrow(() => Publish().Remove("unknown"));

    [TestCase("a/b", "'/'")]
    [TestCase("../a", "'/'")]
    [TestCase("a\0b", "NUL")]
    public void A_key_that_cannot_name_a_file_is_refused(string key, string reason) =>
        Assert.That(() => Publish().Publish(key, new("a")), Throws.TypeOf<EveException>().With.Message.Contains(reason).And.Message.Contains("writer/Note"));

    [TestCase('a', 250, true)]
    [TestCase('a', 251, false)]
    [TestCase('ä', 125, true)]
    [TestCase('ä', 126, false)]
    public void A_key_has_at_most_as_many_bytes_as_a_file_name_leaves_it(char letter, int length, bool allowed)
    {
        var key = new string(letter, length);
        Assert.That(() => Publish().Publish(new(key)), allowed ? Throws.Nothing : Throws.TypeOf<EveException>().With.Message.Contains("250"));
    }

    [Test]
    public async Task A_life_that_has_ended_can_move_nothing_any_more()
    {
        using var ended = new CancellationTokenSource();
        var zombie = Publish(ended.Token);
        zombie.Publish(new("a"));
        await ended.CancelAsync();
        Assert.That(() => zombie.Publish(new("a", 1)), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => zombie.Remove("a"), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => zombie.Replace([]), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(zombie.SignalRestarted, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(Notes.Read("a"), Is.EqualTo(new Note("a")), "publications stay");
        Assert.That(Notes.Announced.Restarts, Is.Zero);
    }

    [Test]
    public async Task In_memory_what_was_published_is_as_safe_as_it_gets()
    {
        var notes = Publish();
        await notes.PublishAsync(new("a"), CancellationToken.None);
        await notes.RemoveAsync("a", CancellationToken.None);
        Assert.That(Notes.Snapshot(), Is.Empty);
    }

    [Test]
    public void A_global_table_is_not_replaced() =>
        Assert.That(() => new Publication<Note>(_bus, NoteTopics.Board).Replace([]), Throws.InvalidOperationException);

    [Test]
    public void In_a_global_table_each_moves_single_keys_also_those_of_others()
    {
        var (one, other) = (new Publication<Note>(_bus, NoteTopics.Board), new Publication<Note>(_bus, NoteTopics.Board));
        one.Publish(new("a"));
        other.Publish(new("b"));
        other.Remove("a");
        Assert.That(_bus.Of(NoteTopics.Board).Snapshot().Keys, Is.EqualTo(["b"]));
    }

    [Test]
    public void In_a_global_table_a_further_publisher_does_not_speak_for_the_others()
    {
        new Publication<Note>(_bus, NoteTopics.Board).SignalRestarted();
        _ = new Publication<Note>(_bus, NoteTopics.Board);
        Assert.That(_bus.Of(NoteTopics.Board).Announced.Restarts, Is.EqualTo(1));
    }
}
