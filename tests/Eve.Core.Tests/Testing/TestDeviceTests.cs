using Eve.Testing;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests;

public class TestDeviceTests
{
    [Test]
    public async Task SettleAsync_returns_when_agents_that_wake_each_other_have_come_to_rest()
    {
        await using var device = new TestDevice();
        IAgent Counter(string own, string other) => TestAgents.Loop(agent =>
        {
            var board = agent.Subscribe(NoteTopics.Board);
            var answers = agent.Publish(NoteTopics.Board);
            return () =>
            {
                if (board[other] is { Size: < 500 } note)
                    answers.Publish(new(own, note.Size + 1));
            };
        });
        device.Start("ping", Counter("ping", "pong"));
        device.Start("pong", Counter("pong", "ping"));
        device.Publish(NoteTopics.Board, new Note("ping"));
        await device.SettleAsync();
        Assert.That(device.ReadAll(NoteTopics.Board).Values.Max(n => n.Size), Is.EqualTo(500));
    }

    [Test]
    public async Task SettleAsync_rethrows_an_agents_exception_also_a_time_out()
    {
        await using var device = new TestDevice();
        device.Start("a", TestAgents.Loop(agent =>
        {
            agent.Jobs<int, int>().Start("get", (_, _) => throw new TaskCanceledException("The time-out of a request has elapsed."));
            return () => { };
        }));
        Assert.That(async () => await device.SettleAsync(), Throws.TypeOf<TaskCanceledException>());
    }

    [Test]
    public async Task SettleAsync_names_the_agent_that_does_not_come_to_rest()
    {
        var never = new TaskCompletionSource();
        await using var device = new TestDevice { Patience = TimeSpan.FromMilliseconds(100) };
        device.Start("stuck", TestAgents.Of(async (agent, cancellationToken) =>
        {
            await agent.ChangedAsync(cancellationToken);
            await never.Task;
        }));
        device.Start("fine", TestAgents.Loop(_ => () => { }));
        Assert.That(async () => await device.SettleAsync(), Throws.TypeOf<TimeoutException>().With.Message.EndsWith(": stuck"));
        never.SetResult();
    }

    [Test]
    public async Task SettleAsync_waits_for_jobs_unless_they_wait_for_the_clock()
    {
        var time = new FakeTimeProvider();
        await using var device = new TestDevice(time);
        var result = 0;
        device.Start("a", TestAgents.Loop(agent =>
        {
            var jobs = agent.Jobs<int, int>();
            jobs.Start("retry", async (_, stop) =>
            {
                await Task.Delay(TimeSpan.FromMinutes(1), agent.Time, stop);
                return 1;
            });
            return () => result += jobs.Finished.Sum(f => f.Result);
        }));
        await device.SettleAsync(jobs: false);
        Assert.That(result, Is.Zero);
        await Soon.Async(() => Volatile.Read(ref result) == 1, () => time.Advance(TimeSpan.FromMinutes(1)));
        await device.SettleAsync();
    }

    [Test]
    public async Task A_stopped_agent_has_ended_with_all_that_it_started_when_the_device_settles()
    {
        await using var device = new TestDevice(null, "writer");
        var stop = device.Start("reader", TestAgents.Loop(agent =>
        {
            agent.Subscribe(NoteTopics.Notes);
            return () => { };
        }));
        await device.SettleAsync();
        await stop.CancelAsync();
        await device.SettleAsync();
        device.Publish(NoteTopics.Notes, new Note("a"));
        device.Remove(NoteTopics.Notes, "a");
        Assert.That(device.Bus.Of(NoteTopics.Notes).Graves, Is.Zero, "a reader is left");
    }

    [Test]
    public async Task The_test_speaks_for_other_publishers()
    {
        await using var device = new TestDevice(null, "writer");
        device.Publish(NoteTopics.Notes, "key", new Note("a"));
        Assert.That(device.Read(NoteTopics.Notes, "key"), Is.EqualTo(new Note("a")));
        device.Remove(NoteTopics.Notes, "key");
        Assert.That(device.ReadAll(NoteTopics.Notes), Is.Empty);
        Assert.That(device.IsReady(NoteTopics.Notes), Is.False);
        device.Announce(NoteTopics.Notes);
        Assert.That(device.IsReady(NoteTopics.Notes), Is.True);
    }
}
