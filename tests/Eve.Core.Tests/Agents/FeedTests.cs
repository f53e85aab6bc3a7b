using Eve.Testing;
using NUnit.Framework;

namespace Eve.Tests;

public class FeedTests
{
    static readonly FeedTopic<int> Lines = new("lines", Capacity: 8);

    static IAgent Reader(List<int> seen) => TestAgents.Loop(agent =>
    {
        var lines = agent.Read(Lines);
        return () => seen.AddRange(lines.Items);
    });

    static IAgent Writer(int from, int count) => TestAgents.Of(async (agent, cancellationToken) =>
    {
        var lines = agent.Write(Lines);
        for (var i = from; i < from + count; i++)
            await lines.WriteAsync(i, cancellationToken);
    });

    [Test]
    public async Task Each_item_is_read_once_in_order()
    {
        await using var device = new TestDevice();
        List<int> seen = [];
        device.Start("reader", Reader(seen));
        device.Start("writer", Writer(0, 5000));
        await device.SettleAsync();
        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, 5000)));
    }

    [Test]
    public async Task The_writer_waits_while_the_feed_is_full()
    {
        await using var device = new TestDevice();
        var written = 0;
        device.Start("writer", TestAgents.Of(async (agent, cancellationToken) =>
        {
            var lines = agent.Write(Lines);
            for (; written < 20; written++)
                await lines.WriteAsync(written, cancellationToken);
        }));
        await Soon.Async(() => Volatile.Read(ref written) == 8);
        Assert.That(new Feed<int>(device.Bus.Of(Lines)).TryWrite(99), Is.False);
        List<int> seen = [];
        device.Start("reader", Reader(seen));
        await device.SettleAsync();
        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, 20)));
    }

    [Test]
    public async Task What_one_life_of_the_reader_did_not_take_is_there_for_the_next()
    {
        await using var device = new TestDevice();
        List<int> seen = [];
        var stop = device.Start("reader", Reader(seen));
        await device.SettleAsync();
        await stop.CancelAsync();
        await device.SettleAsync();
        device.Start("writer", Writer(0, 20));
        device.Start("reader", Reader(seen));
        await device.SettleAsync();
        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, 20)));
    }
}
