using Eve.Tests.Platform;
using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests;

/// <summary>Large fields between processes, with a topic that has one (device-agents.md 1.7).</summary>
public class SocketLargeFieldsTests
{
    readonly RecordingLog _log = new();
    TemporaryFolder _root = null!;
    MemoryBus _writer = null!;

    [SetUp]
    public void Start()
    {
        _root = new();
        _writer = OverSockets.Join(_root.Root, AgentNames.Zedmanager, _log);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _writer.DisposeAsync();
        _root.Dispose();
    }

    static DomainConfig Config(int length) => new() { DisplayName = "app", CloudInitUserData = new string('#', length) };

    string[] Files() => Directory.Exists(_root.Path("persist/pubsub-large")) ? Directory.GetFiles(_root.Path("persist/pubsub-large"), "*", SearchOption.AllDirectories) : [];

    [Test]
    public async Task A_value_far_beyond_a_packet_comes_to_every_subscriber_and_leaves_no_file()
    {
        await using var one = OverSockets.Join(_root.Root, "one");
        await using var two = OverSockets.Join(_root.Root, "two");
        new Publication<DomainConfig>(_writer, ZedmanagerTopics.DomainConfig).Publish("app", Config(500_000));
        foreach (var bus in new[] { one, two })
        {
            var store = bus.Of(ZedmanagerTopics.DomainConfig);
            await Soon.Async(() => store.Read("app") is not null);
            Assert.That(store.Read("app"), Is.EqualTo(Config(500_000)));
        }
        Assert.That(Files(), Is.Empty);
    }

    [Test]
    public async Task What_a_subscriber_did_not_read_goes_with_its_connection()
    {
        new Publication<DomainConfig>(_writer, ZedmanagerTopics.DomainConfig).Publish("app", Config(500_000));
        using (var peer = RawPeer.Subscribe(_root.Path("run/zedmanager/DomainConfig.sock"), "DomainConfig"))
        {
            Assert.That(peer.Receive(2)[1], Does.StartWith("update DomainConfig YXBw "));
            Assert.That(Files(), Has.Length.EqualTo(1));
        }
        await Soon.Async(() => Files().Length == 0);
    }

    [Test]
    public async Task A_field_beyond_a_megabyte_is_named_and_the_topic_goes_on()
    {
        var publication = new Publication<DomainConfig>(_writer, ZedmanagerTopics.DomainConfig);
        publication.Publish("big", Config(1 << 20));
        publication.Publish("app", Config(10));
        await using var one = OverSockets.Join(_root.Root, "one");
        var store = one.Of(ZedmanagerTopics.DomainConfig);
        await Soon.Async(() => store.Read("app") is not null);
        Assert.That(store.Read("big"), Is.Null);
        Assert.That(_log.Has("zedmanager/DomainConfig: the value of 'big' takes 104"), Is.True);
    }
}
