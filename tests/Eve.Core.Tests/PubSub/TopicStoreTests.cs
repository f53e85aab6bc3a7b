using NUnit.Framework;

namespace Eve.Tests;

public class TopicStoreTests
{
    readonly TopicStore _store = new();

    [SetUp]
    public void Clear()
    {
        foreach (var key in _store.Snapshot().Keys)
            _store.Publish(key, null);
    }

    static TopicStore WithGraves(TopicStore store, int count)
    {
        for (var i = 0; i < count; i++)
        {
            store.Publish("grave" + i, new Note("grave" + i));
            store.Publish("grave" + i, null);
        }
        return store;
    }

    static List<TopicStore.News> News(TopicStore.Reader reader, out bool anew)
    {
        List<TopicStore.News> news = [];
        anew = reader.Read(news).Anew;
        return news;
    }

    [Test]
    public void An_equal_value_goes_nowhere()
    {
        var woken = 0;
        var reader = _store.Subscribe(() => woken++);
        _store.Publish("a", new Note("a"));
        _store.Publish("a", new Note("a"));
        _store.Publish("b", null);
        Assert.That(woken, Is.EqualTo(1));
        _store.Unsubscribe(reader);
    }

    [Test]
    public void Who_has_unsubscribed_is_not_woken()
    {
        var woken = 0;
        _store.Unsubscribe(_store.Subscribe(() => woken++));
        _store.Publish("a", new Note("a"));
        Assert.That(woken, Is.Zero);
    }

    [Test]
    public void One_changed_key_of_many_is_one_piece_of_news()
    {
        var store = new TopicStore();
        for (var i = 0; i < 1000; i++)
            store.Publish("k" + i, new Note("k" + i));
        var reader = store.Subscribe(null);
        Assert.That(News(reader, out _), Has.Count.EqualTo(1000));
        store.Publish("k7", new Note("k7", 1));
        Assert.That(News(reader, out _).Single().Value, Is.EqualTo(new Note("k7", 1)));
    }

    [Test]
    public void Withdrawn_keys_are_forgotten_when_there_is_no_reader() =>
        Assert.That(WithGraves(new(), 10_000).Graves, Is.LessThan(1000));

    [Test]
    public void Withdrawn_keys_are_forgotten_when_every_reader_has_passed_them()
    {
        var store = new TopicStore();
        var readers = new[] { store.Subscribe(null), store.Subscribe(null) };
        WithGraves(store, 500);
        News(readers[0], out _);
        Assert.That(store.Graves, Is.EqualTo(500), "the other one has not seen them");
        News(readers[1], out _);
        Assert.That(store.Graves, Is.Zero);
    }

    [Test]
    public void A_reader_that_goes_lets_its_graves_go()
    {
        var store = new TopicStore();
        var reader = store.Subscribe(null);
        WithGraves(store, 500);
        store.Unsubscribe(reader);
        Assert.That(store.Graves, Is.Zero);
    }

    [Test]
    public void A_reader_that_stands_still_costs_bounded_memory_and_no_steps_of_the_others()
    {
        var store = new TopicStore();
        store.Subscribe(null);
        var awake = store.Subscribe(null);
        WithGraves(store, 100_000);
        News(awake, out _);
        Assert.That(store.Graves, Is.LessThanOrEqualTo(1024));
        store.Publish("a", new Note("a"));
        Assert.That(News(awake, out var anew), Has.Count.EqualTo(1));
        Assert.That(anew, Is.False);
    }

    [Test]
    public void A_reader_that_was_left_behind_reads_everything_anew()
    {
        var store = new TopicStore();
        var late = store.Subscribe(null);
        store.Publish("stays", new Note("stays"));
        store.Publish("goes", new Note("goes"));
        News(late, out _);
        store.Publish("goes", null);
        WithGraves(store, 3000);
        var living = News(late, out var anew).Where(n => n.Value is not null).Select(n => n.Key);
        Assert.That(anew, Is.True);
        Assert.That(living, Is.EqualTo(["stays"]));
        Assert.That(News(late, out anew), Is.Empty);
        Assert.That(anew, Is.False);
    }
}
