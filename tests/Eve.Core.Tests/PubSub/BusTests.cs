using NUnit.Framework;

namespace Eve.Tests;

public class BusTests
{
    readonly MemoryBus _memory = new(["writer"]);

    [OneTimeTearDown]
    public async Task DisposeAsync() => await _memory.DisposeAsync();

    Bus Bus => new(_memory);

    [Test]
    public void Code_outside_agents_reads_single_values_and_whole_topics()
    {
        var topic = new Topic<Note>("writer", Scope: "read");
        _memory.Of(topic).Publish("a", new Note("a"));
        Assert.That(Bus.Read(topic, "a"), Is.EqualTo(new Note("a")));
        Assert.That(Bus.Read(topic, "b"), Is.Null);
        Assert.That(Bus.ReadAll(topic), Is.EqualTo(new[] { ("a", new Note("a")) }));
    }

    [Test]
    public void What_is_on_the_bus_is_listed_by_name()
    {
        var bus = new MemoryBus(["writer"]);
        var (full, read) = (new Topic<Note>("writer", Scope: "full"), new Topic<Note>("other"));
        var publication = new Publication<Note>(bus, full);
        foreach (var key in new[] { "b", "a", "gone" })
            publication.Publish(new(key));
        publication.Remove("gone");
        _ = new Subscription<Note>(bus, read, null);
        string[] Lines() => [.. bus.Topics().Select(t => $"{t.Topic} {t.Published} {t.Complete} {t.Readers} {string.Join(',', t.Keys)}")];

        Assert.That(Lines(), Is.EqualTo(new[] { "other/Note False False 1 ", "writer/full/Note True False 0 a,b" }));
        publication.SignalRestarted();
        Assert.That(Lines(), Has.Some.EqualTo("writer/full/Note True True 0 a,b"));
    }

    [Test]
    public async Task Following_gives_what_is_there_and_then_every_change()
    {
        var topic = new Topic<Note>("writer", Scope: "follow");
        var store = _memory.Of(topic);
        store.Publish("a", new Note("a"));
        await using var changes = Bus.FollowAsync(topic).GetAsyncEnumerator();

        await changes.MoveNextAsync();
        Assert.That(changes.Current, Is.EqualTo(new Change<Note>("a", null, new("a"))));

        var next = changes.MoveNextAsync().AsTask();
        Assert.That(next.IsCompleted, Is.False);
        store.Publish("a", new Note("a", 1));
        await next.WithinLimit();
        Assert.That(changes.Current, Is.EqualTo(new Change<Note>("a", new("a"), new("a", 1))));

        store.Publish("a", null);
        await changes.MoveNextAsync();
        Assert.That(changes.Current.Deleted, Is.True);
    }

    [Test]
    public async Task Following_ends_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        await using var changes = Bus.FollowAsync(new Topic<Note>("writer", Scope: "cancelled"), stop.Token).GetAsyncEnumerator(stop.Token);
        var next = changes.MoveNextAsync().AsTask();
        await stop.CancelAsync();
        Assert.That(async () => await next.WithinLimit(), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Who_stops_following_leaves_nothing_behind()
    {
        var topic = new Topic<Note>("writer", Scope: "left");
        var store = _memory.Of(topic);
        store.Publish("a", new Note("a"));
        await foreach (var _ in Bus.FollowAsync(topic))
            break;
        store.Publish("a", null);
        Assert.That(store.Graves, Is.Zero);
    }

    [Test]
    public void Code_outside_agents_publishes_under_names_that_no_agent_has()
    {
        Bus.Publish(new Topic<Note>("webpage")).Replace([new("a")]);
        Bus.Publish(NoteTopics.Board).Publish(new("b"));
        Assert.That(Bus.Read(new Topic<Note>("webpage"), "a"), Is.Not.Null);
        Assert.That(Bus.Read(NoteTopics.Board, "b"), Is.Not.Null);
        Assert.That(() => Bus.Publish(NoteTopics.Notes), Throws.InvalidOperationException.With.Message.Contains("writer"));
    }

    [Test]
    public void Topics_that_differ_in_name_publisher_or_scope_hold_different_values()
    {
        _memory.Of(new Topic<Note>("writer", Scope: "one")).Publish("a", new Note("a"));
        Assert.That(Bus.Read(new Topic<Note>("writer", Scope: "two"), "a"), Is.Null);
        Assert.That(Bus.Read(new Topic<Note>("other", Scope: "one"), "a"), Is.Null);
        Assert.That(new Topic<Note>("writer", Scope: "one").ToString(), Is.EqualTo("writer/one/Note"));
    }
}
