using System.Net.Sockets;
using Eve.Tests.Platform;
using NUnit.Framework;
using static Eve.Tests.RawPeer;

namespace Eve.Tests;

/// <summary>What we make of a publisher in another process: EVE's own, ours, or a broken one (device-agents.md 1.4).</summary>
public class SocketSubscriberTests
{
    RecordingLog _log = null!;
    TemporaryFolder _root = null!;
    MemoryBus _bus = null!;
    Socket? _listener;

    [SetUp]
    public void Start()
    {
        (_root, _log) = (new(), new());
        _bus = OverSockets.Join(_root.Root, "reader", _log);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _bus.DisposeAsync();
        _listener?.Dispose();
        _listener = null;
        _root.Dispose();
    }

    string Path => _root.Path("run/writer/Note.sock");

    View Follow(Topic<Note>? topic = null) => new(_bus, topic ?? NoteTopics.Notes);

    async Task<RawPeer> PublisherAsync()
    {
        _listener ??= Listen(Path);
        var peer = new RawPeer(await _listener.AcceptAsync().WithinLimit());
        Assert.That(peer.Receive(), Is.EqualTo("request Note"));
        return peer;
    }

    static string Update(string key, long size = 0) => $"update Note {Base64(key)} {Base64($$"""{"Name":"{{key}}","Size":{{size}}}""")}";

    [TestCase("hello Note")]
    [TestCase("hello Note false")]
    public async Task From_a_publisher_that_never_counts_the_first_values_are_the_set(string hello)
    {
        var view = Follow();
        using var publisher = await PublisherAsync();
        publisher.Send(hello);
        publisher.Send(Update("a"));
        await view.UntilAsync(v => v.Notes.Count == 1);
        Assert.That(view.Notes is { Synchronized: false, Ready: false });
        publisher.Send("complete Note");
        await view.UntilAsync(v => v.Notes is { Synchronized: true, Ready: true });
    }

    [Test]
    public async Task Where_eves_own_publishers_count_the_set_is_complete_with_the_counter_only()
    {
        var view = Follow(new Topic<Note>("writer", Barrier: true));
        using var publisher = await PublisherAsync();
        publisher.Send("hello Note false");
        publisher.Send("complete Note");
        await view.UntilAsync(v => v.Notes.Synchronized);
        Assert.That(view.Notes.Ready, Is.False);
        publisher.Send(Update("a"));
        publisher.Send("restarted Note 1");
        await view.UntilAsync(v => v.Notes.Ready);
        Assert.That(view.Notes.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task When_a_publisher_comes_back_without_a_key_the_key_goes_and_synchronized_has_fallen_meanwhile()
    {
        var view = Follow();
        var first = await PublisherAsync();
        foreach (var text in new[] { "hello Note false", Update("a"), Update("b"), "complete Note" })
            first.Send(text);
        await view.UntilAsync(v => v.Notes.Ready);
        first.Dispose();
        await view.UntilAsync(v => v.Notes is { Synchronized: false, Ready: false, Count: 2 });

        using var second = await PublisherAsync();
        second.Send("hello Note false");
        second.Send(Update("b"));
        await second.AnsweredAsync(view);
        Assert.That(view.Turn().Notes is { Ready: false, Count: 2 }, "not before it has named all its keys");
        second.Send("complete Note");
        await view.UntilAsync(v => v.Notes is { Synchronized: true, Ready: true, Count: 1 });
        Assert.That(view.Changes.Select(c => (c.Key, c.Deleted)), Is.EqualTo(new[] { ("a", false), ("b", false), ("a", true) }));
    }

    [Test]
    public async Task A_publisher_that_sends_all_keys_at_each_change_gives_one_change()
    {
        var view = Follow();
        using var publisher = await PublisherAsync();
        foreach (var text in new[] { Update("a"), Update("b"), "complete Note" })
            publisher.Send(text);
        await view.UntilAsync(v => v.Notes.Ready);
        foreach (var text in new[] { Update("a"), Update("b", 1), Update("a") })
            publisher.Send(text);
        await view.UntilAsync(v => v.Notes["b"] is { Size: 1 });
        Assert.That(view.Changes, Has.Count.EqualTo(3));
    }

    [TestCase("update Note YQ==")]
    [TestCase("update Note YQ== eyJ9 more")]
    [TestCase("update Note %% eyJ9")]
    [TestCase("update Note YQ== %%")]
    [TestCase("update Note YQ== eyJOYW1lIjo=")]
    [TestCase("update Note YQ== bnVsbA==")]
    [TestCase("delete Note %%")]
    [TestCase("update Other YQ== e30=")]
    [TestCase("shout Note")]
    [TestCase(" ")]
    public async Task What_is_not_understood_is_left_out_and_named(string packet)
    {
        var view = Follow();
        using var publisher = await PublisherAsync();
        publisher.Send(packet);
        publisher.Send(Update("b"));
        publisher.Send("complete Note");
        await view.UntilAsync(v => v.Notes.Ready);
        Assert.That(view.Notes.Keys, Is.EqualTo(["b"]));
        Assert.That(_log.Lines.Count(l => l.Contains("writer/Note", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task A_packet_beyond_the_limit_is_left_out()
    {
        var view = Follow();
        using var publisher = await PublisherAsync();
        publisher.Send("update Note YQ== " + new string('A', 65_520));
        publisher.Send("complete Note");
        await view.UntilAsync(v => v.Notes.Ready);
        Assert.That(view.Notes, Is.Empty);
    }

    [Test]
    public async Task A_bad_value_leaves_the_former_one()
    {
        var view = Follow();
        using var publisher = await PublisherAsync();
        publisher.Send(Update("a", 1));
        publisher.Send($"update Note {Base64("a")} {Base64("{\"Name\":[]}")}");
        publisher.Send("complete Note");
        await view.UntilAsync(v => v.Notes.Ready);
        Assert.That(view.Notes["a"], Is.EqualTo(new Note("a", 1)));
    }

    [TestCase("restarted Note ", 1)]
    [TestCase("restarted Note x", 1)]
    [TestCase("restarted Note 7", 7)]
    [TestCase("restarted Note 0", 0)]
    public async Task The_counter_is_read_as_eve_reads_it(string packet, int counter)
    {
        var view = Follow(new Topic<Note>("writer", Barrier: true));
        using var publisher = await PublisherAsync();
        publisher.Send("complete Note");
        publisher.Send(packet);
        await publisher.AnsweredAsync(view);
        Assert.That(view.Turn().Notes.Restarts, Is.EqualTo(counter));
    }

    [Test]
    public async Task A_root_of_150_characters_works_both_ways()
    {
        var root = _root.Path(new string('r', 150));
        await using var writer = OverSockets.Join(root, "writer");
        await using var reader = OverSockets.Join(root, "reader");
        new Publication<Note>(writer, NoteTopics.Notes).Replace([new("a")]);
        var view = new View(reader, NoteTopics.Notes);
        await view.UntilAsync(v => v.Notes is { Ready: true, Count: 1 });
    }

    [Test]
    public async Task A_topic_of_an_agent_outside_that_does_not_run_is_neither_synchronized_nor_ready()
    {
        var view = Follow();
        await Soon.Async(() => Directory.Exists(_root.Path("run/writer")));
        Assert.That(view.Turn().Notes is { Synchronized: false, Ready: false, Count: 0 });
    }
}
