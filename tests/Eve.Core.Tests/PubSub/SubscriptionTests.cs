using NUnit.Framework;

namespace Eve.Tests;

public class SubscriptionTests
{
    readonly MemoryBus _bus = new(["writer"]);

    TopicStore Notes => _bus.Of(NoteTopics.Notes);

    Subscription<Note> Subscribe() => new(_bus, NoteTopics.Notes, null);

    void Publish(string key, long size = 0) => Notes.Publish(key, new Note(key, size));

    void Remove(string key) => Notes.Publish(key, null);

    static Subscription<Note> Turn(Subscription<Note> subscription)
    {
        ((IInput)subscription).Advance();
        return subscription;
    }

    [OneTimeTearDown]
    public async Task DisposeAsync() => await _bus.DisposeAsync();

    [SetUp]
    public void Clear()
    {
        foreach (var key in Notes.Snapshot().Keys)
            Remove(key);
    }

    [Test]
    public void The_view_moves_only_at_a_turn()
    {
        var notes = Subscribe();
        Publish("a");
        Assert.That(notes["a"], Is.Null);
        Turn(notes);
        Publish("a", 1);
        Assert.That(notes["a"], Is.EqualTo(new Note("a")));
        Assert.That(Turn(notes)["a"], Is.EqualTo(new Note("a", 1)));
    }

    [Test]
    public void What_is_there_at_first_comes_as_changes_without_an_old_value()
    {
        Publish("a");
        Assert.That(Turn(Subscribe()).Changes, Is.EqualTo(new Change<Note>[] { new("a", null, new("a")) }));
    }

    [Test]
    public void Changes_are_coalesced_for_each_key_in_the_order_of_their_last_change()
    {
        var notes = Subscribe();
        Publish("a");
        Publish("b");
        Turn(notes);
        Publish("a", 1);
        Publish("b", 1);
        Publish("a", 2);
        Assert.That(Turn(notes).Changes, Is.EqualTo(new Change<Note>[] { new("b", new("b"), new("b", 1)), new("a", new("a"), new("a", 2)) }));
    }

    [Test]
    public void Changes_are_seen_in_one_turn_only()
    {
        var notes = Subscribe();
        Publish("a");
        Assert.That(Turn(notes).Changed, Is.True);
        Assert.That(Turn(notes).Changed, Is.False);
    }

    [Test]
    public void A_withdrawn_key_is_a_deletion_with_its_last_value()
    {
        var notes = Subscribe();
        Publish("a", 1);
        Turn(notes);
        Remove("a");
        var change = Turn(notes).Changes.Single();
        Assert.That(change, Is.EqualTo(new Change<Note>("a", new("a", 1), null)));
        Assert.That(change.Deleted, Is.True);
        Assert.That(notes, Is.Empty);
    }

    [TestCase(0)]
    [TestCase(1)]
    public void A_key_withdrawn_and_published_again_in_between_is_one_change_that_says_so(long size)
    {
        var notes = Subscribe();
        Publish("a");
        Turn(notes);
        Remove("a");
        Publish("a", size);
        Assert.That(Turn(notes).Changes, Is.EqualTo(new Change<Note>[] { new("a", new("a"), new("a", size), Recreated: true) }));
    }

    [Test]
    public void A_key_recreated_after_its_grave_was_forgotten_still_says_so()
    {
        var notes = Subscribe();
        Publish("a");
        Turn(notes);
        for (var i = 0; i < 3000; i++)
        {
            Publish("k" + i);
            Remove("k" + i);
            if (i == 0)
                Remove("a");
        }
        Publish("a");
        Assert.That(Turn(notes).Changes, Is.EqualTo(new Change<Note>[] { new("a", new("a"), new("a"), Recreated: true) }));
    }

    [Test]
    public void A_value_that_went_and_came_back_is_no_change()
    {
        var notes = Subscribe();
        Publish("a");
        Turn(notes);
        Publish("a", 1);
        Publish("a");
        Assert.That(Turn(notes).Changes, Is.Empty);
    }

    [Test]
    public void A_key_that_came_and_went_between_two_turns_is_no_change()
    {
        var notes = Turn(Subscribe());
        Publish("a");
        Remove("a");
        Assert.That(Turn(notes).Changes, Is.Empty);
    }

    [Test]
    public void It_is_read_by_key_by_value_and_as_a_whole()
    {
        var notes = Subscribe();
        Assert.That(Turn(notes).Value, Is.Null);
        Publish("a");
        Assert.That(Turn(notes).Value, Is.EqualTo(new Note("a")));
        Publish("b");
        Turn(notes);
        Assert.That(notes, Is.EquivalentTo(new Note[] { new("a"), new("b") }));
        Assert.That(notes.Keys, Is.EquivalentTo(["a", "b"]));
        Assert.That(notes["c"], Is.Null);
    }

    [Test]
    public async Task It_is_synchronized_when_the_publisher_has_announced_itself_and_ready_when_the_set_is_complete()
    {
        await using var bus = new MemoryBus(["writer"]);
        var notes = new Subscription<Note>(bus, NoteTopics.Notes, null);
        Assert.That(Turn(notes) is { Synchronized: false, Ready: false }, "nobody has published yet");

        var publication = new Publication<Note>(bus, NoteTopics.Notes);
        publication.Publish(new("a"));
        Assert.That(Turn(notes) is { Synchronized: true, Ready: false, Count: 1 }, "the publisher is there, its set is not complete");

        publication.SignalRestarted();
        Assert.That(notes.Ready, Is.False, "not before the turn");
        Assert.That(Turn(notes).Ready, Is.True);

        var next = new Publication<Note>(bus, NoteTopics.Notes);
        Assert.That(Turn(notes) is { Synchronized: true, Ready: false }, "it falls when the publisher starts again");
        next.Replace([new("a")]);
        Assert.That(Turn(notes).Ready, Is.True);
    }

    [Test]
    public void A_topic_of_a_publisher_that_this_device_does_not_have_is_complete_and_empty()
    {
        var others = Turn(new Subscription<Note>(_bus, new Topic<Note>("nobody"), null));
        Assert.That(others is { Synchronized: true, Ready: true, Count: 0 });
    }

    [Test]
    public void When_it_is_ready_all_values_from_before_are_in_the_view()
    {
        var notes = Subscribe();
        for (var i = 0; i < 100; i++)
            Publish("k" + i);
        Notes.Announce(complete: true);
        Assert.That(Turn(notes) is { Ready: true, Count: 100 });
    }
}
