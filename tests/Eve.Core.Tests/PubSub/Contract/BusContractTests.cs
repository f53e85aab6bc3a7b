using NUnit.Framework;

namespace Eve.Tests;

/// <summary>What an agent sees of a topic, wherever its publisher is. Every way to join the two is held to it.</summary>
public abstract class BusContractTests
{
    BusUnderTest _bus = null!;
    List<View> _views = null!;

    internal abstract BusUnderTest Make();

    [SetUp]
    public void Start() => (_bus, _views) = (Make(), []);

    [TearDown]
    public async Task StopAsync()
    {
        foreach (var view in _views)
            await view.CloseAsync();
        await _bus.DisposeAsync();
    }

    Publication<Note> Publish() => new(_bus.Publisher, NoteTopics.Notes);

    // One view at each place where an agent may be.
    View[] Subscribe()
    {
        View[] views = [.. _bus.Readers.Select(b => new View(b, NoteTopics.Notes))];
        _views.AddRange(views);
        return views;
    }

    static async Task EachAsync(View[] views, Func<View, bool> sees)
    {
        foreach (var view in views)
            await view.UntilAsync(sees);
    }

    // All readers' stores hold what the publisher's holds.
    Task ArrivedAsync() => Soon.Async(() => _bus.Readers.All(b =>
        b.Of(NoteTopics.Notes).Announced == _bus.Publisher.Of(NoteTopics.Notes).Announced &&
        Same(b.Of(NoteTopics.Notes).Snapshot(), _bus.Publisher.Of(NoteTopics.Notes).Snapshot())));

    static bool Same<T>(Dictionary<string, T> one, Dictionary<string, T> other) =>
        one.Count == other.Count && one.All(p => Equals(other.GetValueOrDefault(p.Key), p.Value));

    [Test]
    public async Task Values_published_before_during_and_after_a_reader_comes_are_all_seen()
    {
        var notes = Publish();
        notes.Publish(new("before"));
        var views = Subscribe();
        notes.Publish(new("during"));
        await EachAsync(views, v => v.Notes.Count == 2);
        notes.Publish(new("after"));
        await EachAsync(views, v => v.Notes["after"] is not null);
        foreach (var view in views)
            Assert.That(view.Changes, Is.EqualTo(new Change<Note>[] { new("before", null, new("before")), new("during", null, new("during")), new("after", null, new("after")) }));
    }

    [Test]
    public async Task A_reader_that_comes_before_the_publisher_sees_it_come()
    {
        var views = Subscribe();
        foreach (var view in views)
            Assert.That(view.Turn().Notes is { Synchronized: false, Ready: false, Count: 0 });
        Publish().Replace([new("a")]);
        await EachAsync(views, v => v.Notes.Ready);
        foreach (var view in views)
            Assert.That(view.Notes["a"], Is.EqualTo(new Note("a")));
    }

    [Test]
    public async Task Changes_are_coalesced_for_each_key_in_the_order_of_their_last_change()
    {
        var notes = Publish();
        notes.Replace([new("a"), new("b")]);
        var views = Subscribe();
        await EachAsync(views, v => v.Notes.Ready);
        notes.Publish(new("a", 1));
        notes.Publish(new("b", 1));
        notes.Publish(new("a", 2));
        await ArrivedAsync();
        foreach (var view in views)
        {
            Assert.That(view.Turn().Notes.Changes,
                Is.EqualTo(new Change<Note>[] { new("b", new("b"), new("b", 1)), new("a", new("a"), new("a", 2)) }));
        }
    }

    [Test]
    public async Task A_withdrawn_key_is_a_deletion_with_its_last_value()
    {
        var notes = Publish();
        notes.Publish(new("a", 1));
        var views = Subscribe();
        await EachAsync(views, v => v.Notes.Count == 1);
        notes.Remove("a");
        await EachAsync(views, v => v.Notes.Count == 0);
        foreach (var view in views)
            Assert.That(view.Changes[^1], Is.EqualTo(new Change<Note>("a", new("a", 1), null)));
    }

    [Test]
    public async Task A_key_withdrawn_and_published_again_in_between_says_so()
    {
        var notes = Publish();
        notes.Publish(new("a"));
        var views = Subscribe();
        await EachAsync(views, v => v.Notes.Count == 1);
        notes.Remove("a");
        notes.Publish(new("a", 1));
        await ArrivedAsync();
        foreach (var view in views)
            Assert.That(view.Turn().Notes.Changes, Is.EqualTo(new Change<Note>[] { new("a", new("a"), new("a", 1), Recreated: true) }));
    }

    [Test]
    public async Task An_equal_value_goes_nowhere()
    {
        var notes = Publish();
        notes.Publish(new("a", 1));
        var views = Subscribe();
        await EachAsync(views, v => v.Notes.Count == 1);
        notes.Publish(new("a", 1));
        notes.Publish(new("b"));
        await EachAsync(views, v => v.Notes.Count == 2);
        foreach (var view in views)
            Assert.That(view.Changes.Select(c => c.Key), Is.EqualTo(["a", "b"]));
    }

    [Test]
    public async Task Replace_gives_readers_exactly_these()
    {
        var notes = Publish();
        notes.Replace([new("a"), new("b")]);
        var views = Subscribe();
        await EachAsync(views, v => v.Notes.Ready);
        notes.Replace([new("b", 1), new("c")]);
        await ArrivedAsync();
        foreach (var view in views)
        {
            Assert.That(view.Turn().Notes, Is.EquivalentTo(new Note[] { new("b", 1), new("c") }));
            Assert.That(view.Notes.Changes, Has.Count.EqualTo(3));
        }
    }

    [Test]
    public async Task Synchronized_comes_with_the_first_values_and_ready_when_the_set_is_complete()
    {
        var notes = Publish();
        notes.Publish(new("a"));
        var views = Subscribe();
        await EachAsync(views, v => v.Notes.Synchronized);
        foreach (var view in views)
            Assert.That(view.Notes is { Ready: false, Count: 1 });
        notes.SignalRestarted();
        await EachAsync(views, v => v.Notes.Ready);
    }

    [Test]
    public async Task Ready_falls_when_the_publisher_starts_again_and_rises_when_its_set_is_complete_again()
    {
        Publish().Replace([new("a")]);
        var views = Subscribe();
        await EachAsync(views, v => v.Notes.Ready);
        var next = Publish();
        await EachAsync(views, v => !v.Notes.Ready);
        foreach (var view in views)
            Assert.That(view.Notes is { Synchronized: true, Count: 1 }, "what it had published stays");
        next.Replace([new("b")]);
        await EachAsync(views, v => v.Notes.Ready);
        foreach (var view in views)
            Assert.That(view.Notes.Keys, Is.EqualTo(["b"]));
    }

    [Test]
    public async Task The_counter_is_a_barrier_whoever_sees_it_has_all_from_before([Values(1, 100, 3000)] int keys)
    {
        var views = Subscribe();
        for (var round = 1; round <= 3; round++)
        {
            var notes = Publish();
            await EachAsync(views, v => !v.Notes.Ready);
            notes.Replace(Enumerable.Range(0, keys).Select(n => new Note("k" + n, round)));
            await EachAsync(views, v => v.Notes.Ready);
            foreach (var view in views)
                Assert.That(view.Notes.Count(n => n.Size == round), Is.EqualTo(keys), $"round {round}");
        }
    }

    [TestCase("")]
    [TestCase("a key with spaces")]
    [TestCase("ключ-鍵-🔑")]
    [TestCase("a.json.b")]
    public async Task Any_key_comes_as_it_went(string key)
    {
        var notes = Publish();
        notes.Publish(key, new("a"));
        var views = Subscribe();
        await EachAsync(views, v => v.Notes.Count == 1);
        foreach (var view in views)
            Assert.That(view.Notes.Keys, Is.EqualTo([key]));
        notes.Remove(key);
        await EachAsync(views, v => v.Notes.Count == 0);
    }

    [Test]
    public async Task The_longest_key_and_a_large_value_come_as_they_went()
    {
        var (key, text) = (new string('k', 250), new string('t', 40_000));
        Publish().Publish(key, new(text, long.MaxValue));
        var views = Subscribe();
        await EachAsync(views, v => v.Notes.Count == 1);
        foreach (var view in views)
            Assert.That(view.Notes[key], Is.EqualTo(new Note(text, long.MaxValue)));
    }

    [Test]
    public async Task A_reader_that_takes_no_turns_holds_up_no_other()
    {
        var notes = Publish();
        var (slow, views) = (Subscribe(), Subscribe());
        for (var n = 0; n < 20_000; n++)
            notes.Publish(new("k" + n % 100, n));
        await EachAsync(views, v => v.Notes["k99"] is { Size: 19_999 });
        await EachAsync(slow, v => v.Notes["k99"] is { Size: 19_999 });
    }

    [Test]
    public async Task A_reader_that_closes_leaves_nothing_behind()
    {
        var notes = Publish();
        notes.Publish(new("a"));
        var views = Subscribe();
        await EachAsync(views, v => v.Notes.Count == 1);
        foreach (var view in views)
            await view.CloseAsync();
        notes.Remove("a");
        await Soon.Async(() => _bus.Readers.All(b => b.Of(NoteTopics.Notes).Graves == 0 && b.Of(NoteTopics.Notes).Snapshot().Count == 0));
    }

    [Test]
    public void A_second_publisher_of_one_name_is_refused_by_name()
    {
        Publish().Replace([new("a")]);
        Assert.That(_bus.PublishFromElsewhereAsync, Throws.Exception.With.Message.Contains("writer/Note"));
    }

    [Test]
    public async Task Whatever_happens_every_reader_ends_with_the_truth([Range(1, 5)] int seed)
    {
        var random = new Random(seed);
        var notes = Publish();
        var views = Subscribe().ToList();
        for (var n = 0; n < 3000; n++)
        {
            var key = "k" + random.Next(30);
            switch (random.Next(20))
            {
                case 0:
                    notes.Remove(key);
                    break;
                case 1:
                    notes = Publish();
                    break;
                case 2:
                    notes.Replace(notes.Take(10).ToList());
                    break;
                case 3 when views.Count < 12:
                    views.AddRange(Subscribe());
                    break;
                case 4:
                    views[random.Next(views.Count)].Turn();
                    break;
                default:
                    notes.Publish(new(key, random.Next(5)));
                    break;
            }
        }
        notes.Replace(notes.Append(new("last", seed)).ToList());
        var truth = notes.ToDictionary(n => n.Key);
        await EachAsync([.. views], v => v.Notes.Ready && Same(v.Notes.ToDictionary(n => n.Key), truth));
    }
}
