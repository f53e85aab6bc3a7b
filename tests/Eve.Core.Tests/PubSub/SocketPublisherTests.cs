using Eve.Tests.Platform;
using NUnit.Framework;
using static Eve.Tests.RawPeer;

namespace Eve.Tests;

/// <summary>What a subscriber of EVE's own, or of anybody's, gets from us (device-agents.md 1.4).</summary>
public class SocketPublisherTests
{
    RecordingLog _log = null!;
    TemporaryFolder _root = null!;
    MemoryBus _bus = null!;

    [SetUp]
    public void Start()
    {
        (_root, _log) = (new(), new());
        _bus = OverSockets.Join(_root.Root, "writer", _log);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _bus.DisposeAsync();
        _root.Dispose();
    }

    string Path => _root.Path("run/writer/Note.sock");

    Publication<Note> Publish() => new(_bus, NoteTopics.Notes);

    RawPeer Subscribe() => RawPeer.Subscribe(Path, "Note");

    static string Update(string key, long size = 0) => $"update Note {Base64(key)} {Base64($$"""{"Name":"{{key}}","Size":{{size}}}""")}";

    static string Delete(string key) => $"delete Note {Base64(key)}";

    [Test]
    public void The_six_messages_are_eves_byte_for_byte()
    {
        var notes = Publish();
        notes.Replace([new("a")]);
        using var peer = Subscribe();
        Assert.That(peer.Receive(4), Is.EqualTo(["hello Note false", "update Note YQ== eyJOYW1lIjoiYSIsIlNpemUiOjB9", "complete Note", "restarted Note 1"]));
        notes.Publish(new("b", 7));
        Assert.That(peer.Receive(), Is.EqualTo(Update("b", 7)));
        notes.Remove("a");
        Assert.That(peer.Receive(), Is.EqualTo("delete Note YQ=="));
    }

    [Test]
    public void The_greeting_says_whether_the_topic_is_kept_on_disk()
    {
        _ = new Publication<Note>(_bus, NoteTopics.Kept);
        using var peer = Subscribe();
        Assert.That(peer.Receive(), Is.EqualTo("hello Note true"));
    }

    [Test]
    public void A_set_that_is_not_complete_says_so_before_the_first_values_end()
    {
        var notes = Publish();
        notes.Publish(new("a"));
        using var peer = Subscribe();
        Assert.That(peer.Receive(4), Is.EqualTo(["hello Note false", Update("a"), "restarted Note 0", "complete Note"]));
        notes.Publish(new("b"));
        notes.SignalRestarted();
        Assert.That(peer.Receive(2), Is.EqualTo([Update("b"), "restarted Note 1"]));
    }

    [Test]
    public void A_publisher_that_starts_again_takes_its_counter_back()
    {
        Publish().Replace([]);
        using var peer = Subscribe();
        peer.Receive(3);
        var next = Publish();
        Assert.That(peer.Receive(), Is.EqualTo("restarted Note 0"));
        next.Replace([]);
        Assert.That(peer.Receive(), Is.EqualTo("restarted Note 1"));
    }

    [Test]
    public void One_changed_key_among_ten_thousand_is_one_message()
    {
        var notes = Publish();
        notes.Replace(Enumerable.Range(0, 10_000).Select(n => new Note("k" + n)));
        using var peer = Subscribe();
        Assert.That(peer.Receive(10_003)[^1], Is.EqualTo("restarted Note 1"));
        notes.Publish(new("k5000", 1));
        notes.Publish(new("k5000", 1));
        Assert.That(peer.Receive(), Is.EqualTo(Update("k5000", 1)));
        notes.Publish(new("end"));
        Assert.That(peer.Receive(), Is.EqualTo(Update("end")));
    }

    [Test]
    public void A_key_withdrawn_and_published_again_is_a_deletion_and_a_value()
    {
        var notes = Publish();
        notes.Replace([new("a")]);
        using var peer = Subscribe();
        peer.Receive(4);
        notes.Remove("a");
        notes.Publish(new("a", 1));
        var last = peer.Receive();
        Assert.That(last, Is.EqualTo(Delete("a")));
        Assert.That(peer.Receive(), Is.EqualTo(Update("a", 1)));
    }

    [TestCase("reqest Note")]
    [TestCase("request Nota")]
    [TestCase("request")]
    [TestCase("request Note now")]
    [TestCase("request Not")]
    [TestCase("\0\u0001\u0002")]
    public async Task A_subscriber_that_does_not_ask_as_it_should_is_turned_away_and_the_others_go_on(string request)
    {
        var notes = Publish();
        using var good = Subscribe();
        good.Receive(3);
        using var bad = Connect(Path);
        bad.Send(request);
        Assert.That(bad.Receive(), Is.Empty);
        notes.Publish(new("a"));
        Assert.That(good.Receive(), Is.EqualTo(Update("a")));
        await Soon.Async(() => _log.Lines.Any(l => l.Contains("turned away", StringComparison.Ordinal)));
    }

    [Test]
    public void A_subscriber_that_says_more_than_its_request_is_turned_away()
    {
        Publish();
        using var peer = Subscribe();
        peer.Receive(3);
        peer.Send("request Note");
        Assert.That(peer.Receive(), Is.Empty);
    }

    [Test]
    public async Task A_subscriber_that_says_nothing_is_turned_away_after_ten_seconds()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var bus = OverSockets.Join(_root.Root, "clock", time: time);
        _ = new Publication<Note>(bus, new Topic<Note>("clock"));
        using var silent = Connect(_root.Path("run/clock/Note.sock"));
        var closed = Task.Run(silent.Receive);
        await Soon.Async(() => closed.IsCompleted, () => time.Advance(TimeSpan.FromSeconds(1)));
        Assert.That(await closed, Is.Empty);
        Assert.That(time.GetUtcNow() - time.Start, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(10)));
    }

    [Test]
    public async Task A_value_that_is_too_large_is_named_and_the_topic_goes_on()
    {
        var notes = Publish();
        notes.Replace([new("a"), new("b")]);
        using var peer = Subscribe();
        peer.Receive(5);
        notes.Publish("b", new(new string('x', 50_000)));
        Assert.That(peer.Receive(), Is.EqualTo(Delete("b")), "rather nothing than the old value");
        notes.Publish(new("a", 1));
        Assert.That(peer.Receive(), Is.EqualTo(Update("a", 1)));
        await Soon.Async(() => _log.Lines.Any(l => l.Contains("writer/Note: the value of 'b' takes 667", StringComparison.Ordinal) && l.Contains("65534", StringComparison.Ordinal)));
    }

    [Test]
    public void A_slow_subscriber_gets_the_last_values_only()
    {
        var notes = Publish();
        using var slow = Subscribe();
        slow.Receive(3);
        var text = new string('x', 1000);
        for (var n = 1; n <= 10_000; n++)
            notes.Publish("k" + n % 10, new(text, n));
        notes.SignalRestarted();
        HashSet<string> last = [];
        var count = 0;
        for (string packet; (packet = slow.Receive()) != "restarted Note 1"; count++)
        {
            if (count < 3 * 400)
                last.Add(packet.Split(' ')[2]);
        }
        Assert.That(last, Has.Count.EqualTo(10));
        Assert.That(count, Is.LessThan(5000), "it was coalesced");
    }

    [Test]
    public async Task Who_may_not_read_a_topic_is_turned_away()
    {
        var topic = new Topic<Note>("guarded");
        await using var bus = OverSockets.Join(_root.Root, "guarded", _log, readers: new() { ["guarded/Note"] = [4711] });
        _ = new Publication<Note>(bus, topic);
        using var peer = RawPeer.Subscribe(_root.Path("run/guarded/Note.sock"), "Note");
        Assert.That(peer.Receive(), Is.Empty);
        await Soon.Async(() => _log.Lines.Any(l => l.Contains("guarded/Note", StringComparison.Ordinal) && l.Contains("may not read", StringComparison.Ordinal)));
    }

    [Test]
    public void Sockets_and_their_folders_are_their_owners_alone()
    {
        Publish();
        Assert.That(File.GetUnixFileMode(Path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        Assert.That(File.GetUnixFileMode(System.IO.Path.GetDirectoryName(Path)!), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Test]
    public async Task A_socket_that_a_killed_process_left_behind_is_replaced()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        Eve.Platform.Seqpacket.Listen(Path).Dispose();
        Assert.That(File.Exists(Path), Is.True);
        Publish().Replace([]);
        using (var peer = Subscribe())
            Assert.That(peer.Receive(), Is.EqualTo("hello Note false"));
        await _bus.DisposeAsync();
        Assert.That(File.Exists(Path), Is.False, "it goes with its publisher");
    }

    [Test]
    public void The_scope_is_a_part_of_the_path()
    {
        _ = new Publication<Note>(_bus, new Topic<Note>("writer", Scope: "inner"));
        using var peer = RawPeer.Subscribe(_root.Path("run/writer/inner/Note.sock"), "Note");
        Assert.That(peer.Receive(), Is.EqualTo("hello Note false"));
    }
}
