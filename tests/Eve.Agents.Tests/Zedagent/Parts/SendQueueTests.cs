using Eve.Agents.Zedagent;
using Eve.Agents.Zedagent.Parts;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Eve.Tests.Zedagent.Parts;

public class SendQueueTests
{
    static readonly Guid s_device = Guid.NewGuid();

    readonly FakeUnsent _files = new();

    SendQueue Queue() => new(_files, NullLogger.Instance);

    static UnsentMessage Message(string key, int priority = 3, byte body = 0, int size = 1) => new(key, s_device, "info", priority, 0, [.. Enumerable.Repeat(body, size)]);

    static List<string> Drain(SendQueue queue)
    {
        List<string> keys = [];
        while (queue.Next(TimeSpan.Zero) is { } message)
        {
            keys.Add($"{message.Key}{message.Body[0]}");
            queue.Settle(message);
        }
        return keys;
    }

    [Test]
    public void A_newer_message_takes_the_place_of_the_one_before()
    {
        var queue = Queue();
        queue.Put(Message("a"), keep: false);
        queue.Put(Message("b"), keep: false);
        queue.Put(Message("a", body: 1), keep: false);
        queue.Put(Message("c", priority: 1), keep: false);
        Assert.That(Drain(queue), Is.EqualTo(new[] { "c0", "a1", "b0" }));
    }

    [Test]
    public void The_order_outlives_a_restart()
    {
        var queue = Queue();
        foreach (var key in new[] { "b", "a", "c" })
            queue.Put(Message(key), keep: true);
        queue.Put(Message("b", body: 1), keep: true);
        var next = Queue();
        next.Load(s_device);
        next.Put(Message("d"), keep: false);
        Assert.That(Drain(next), Is.EqualTo(new[] { "b1", "a0", "c0", "d0" }));
        Assert.That(_files.All, Is.Empty);
    }

    [Test]
    public void A_stored_message_is_stored_anew_when_it_changes()
    {
        var queue = Queue();
        queue.Put(Message("a"), keep: true);
        queue.Put(Message("a", body: 1), keep: false);
        Assert.That(_files.All["a"].Body, Is.EqualTo(new byte[] { 1 }));
    }

    [Test]
    public void A_full_disk_leaves_no_former_state_behind()
    {
        var queue = Queue();
        queue.Put(Message("a"), keep: true);
        _files.Full = true;
        queue.Put(Message("a", body: 1), keep: true);
        Assert.That(_files.All, Is.Empty);
        _files.Full = false;
        queue.KeepAll();
        Assert.That(_files.All["a"].Body, Is.EqualTo(new byte[] { 1 }));
    }

    [Test]
    public void Too_many_messages_cost_the_oldest_of_the_least_urgent()
    {
        var queue = Queue();
        queue.Put(Message("app", priority: 1), keep: true);
        for (var i = 0; i < 4100; i++)
            queue.Put(Message($"blob{i}-"), keep: false);
        Assert.That(queue.Count, Is.EqualTo(4096));
        Assert.That(Drain(queue).Take(2), Is.EqualTo(new[] { "app0", "blob5-0" }));
    }

    [Test]
    public void Too_much_in_size_is_bounded_too()
    {
        var queue = Queue();
        for (var i = 0; i < 20; i++)
            queue.Put(Message($"m{i}-", size: 1 << 20), keep: true);
        Assert.That(queue.Count, Is.EqualTo(16));
        Assert.That(_files.All, Has.Count.EqualTo(16));
    }

    [Test]
    public void A_refused_message_waits_and_lets_the_others_go_first()
    {
        var queue = Queue();
        queue.Put(Message("a"), keep: false);
        queue.Put(Message("b"), keep: false);
        var refused = queue.Next(TimeSpan.Zero)!;
        Assert.That(queue.Postpone(refused, _ => TimeSpan.FromMinutes(1), TimeSpan.Zero), Is.EqualTo(1));
        Assert.That(_files.All.Keys, Is.EqualTo(new[] { "a" }));
        Assert.That(Drain(queue), Is.EqualTo(new[] { "b0" }));
        Assert.That(queue.Due, Is.EqualTo(TimeSpan.FromMinutes(1)));
        queue.Put(Message("a", body: 1), keep: false);
        Assert.That(Drain(queue), Is.EqualTo(new[] { "a1" }), "a new message is a new try");
    }
}
