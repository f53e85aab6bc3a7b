using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Eve.Testing;
using NUnit.Framework;

namespace Eve.Tests;

public class InboxTests
{
    static IAgent Listener(Func<CancellationToken, IAsyncEnumerable<int>> source, Action<IReadOnlyList<int>> look) => TestAgents.Of(async (agent, cancellationToken) =>
    {
        var inbox = agent.Listen(source, cancellationToken);
        while (true)
        {
            await agent.ChangedAsync(cancellationToken);
            look(inbox.Items);
        }
    });

    [Test]
    public async Task Every_event_is_seen_once_and_in_order()
    {
        await using var device = new TestDevice();
        var events = Channel.CreateUnbounded<int>();
        List<int> seen = [];
        device.Start("a", Listener(stop => events.Reader.ReadAllAsync(stop), seen.AddRange));
        for (var i = 0; i < 5000; i++)
        {
            await events.Writer.WriteAsync(i);
            if (i % 500 == 0)
                await Task.Yield();
        }
        await Soon.Async(() => seen.Count == 5000);
        await device.SettleAsync();
        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, 5000)));
    }

    [Test]
    public async Task A_source_faster_than_the_agent_neither_stalls_nor_swells_a_turn()
    {
        await using var device = new TestDevice();
        var (most, turns) = (0, 0);
        device.Start("a", Listener(FloodAsync, items => (most, turns) = (Math.Max(most, items.Count), turns + 1)));
        await Soon.Async(() => Volatile.Read(ref turns) >= 300);
        Assert.That(most, Is.LessThanOrEqualTo(1024));

        static async IAsyncEnumerable<int> FloodAsync([EnumeratorCancellation] CancellationToken stop)
        {
            await Task.Yield();
            for (var i = 0; !stop.IsCancellationRequested; i++)
                yield return i;
        }
    }

    [Test]
    public async Task A_source_that_ends_ends_the_agent()
    {
        await using var device = new TestDevice();
        var events = Channel.CreateUnbounded<int>();
        var life = TestLife(device, events);
        events.Writer.Complete();
        Assert.That(async () => await life, Throws.TypeOf<EndOfStreamException>().With.Message.Contains("monitor"));
    }

    [Test]
    public async Task A_source_that_throws_ends_the_agent()
    {
        await using var device = new TestDevice();
        var events = Channel.CreateUnbounded<int>();
        var life = TestLife(device, events);
        events.Writer.Complete(new IOException("the socket is gone"));
        Assert.That(async () => await life, Throws.TypeOf<IOException>().With.Message.EqualTo("the socket is gone"));
    }

    static Task TestLife(TestDevice device, Channel<int> events)
    {
        var ended = new TaskCompletionSource();
        var listener = Listener(stop => events.Reader.ReadAllAsync(stop), _ => { });
        device.Start("monitor", TestAgents.Of(async (agent, cancellationToken) =>
        {
            try
            {
                await listener.RunAsync(agent, cancellationToken);
            }
            catch (Exception exception)
            {
                ended.SetException(exception);
            }
        }));
        return ended.Task.WithinLimit();
    }

    [Test]
    public async Task When_the_agent_has_ended_its_source_has_ended()
    {
        var sourceEnded = false;
        var device = new TestDevice();
        device.Start("a", Listener(SourceAsync, _ => { }));
        await device.SettleAsync();
        await device.DisposeAsync();
        Assert.That(sourceEnded, Is.True);

        async IAsyncEnumerable<int> SourceAsync([EnumeratorCancellation] CancellationToken stop)
        {
            await TestAgents.UntilCancelled(stop);
            sourceEnded = true;
            yield break;
        }
    }
}
