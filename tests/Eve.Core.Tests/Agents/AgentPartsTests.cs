using Eve.Testing;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests;

public class AgentPartsTests
{
    static IAgent Whole(params IAgent[] parts) => TestAgents.Of((agent, cancellationToken) => agent.RunAllAsync(parts, cancellationToken));

    static IAgent Waiting => TestAgents.Loop(_ => () => { });

    [Test]
    public async Task Each_part_has_turns_of_its_own_under_the_agents_name()
    {
        await using var device = new TestDevice();
        var (left, right, name) = (0, 0, "");
        device.Start("whole", Whole(
            TestAgents.Loop(agent =>
            {
                agent.Subscribe(NoteTopics.Notes);
                return () => left++;
            }),
            TestAgents.Loop(agent =>
            {
                name = agent.Name;
                agent.Subscribe(NoteTopics.Board);
                return () => right++;
            })));
        await device.SettleAsync();
        device.Publish(NoteTopics.Notes, new Note("a"));
        await device.SettleAsync();
        Assert.That((left, right, name), Is.EqualTo((2, 1, "whole")));
    }

    [Test]
    public async Task Parts_talk_to_each_other_by_topics_of_the_agent()
    {
        await using var device = new TestDevice(null, "writer");
        var seen = 0;
        var notes = new Topic<Note>("writer", Scope: "private");
        device.Start("writer", Whole(
            TestAgents.Loop(agent =>
            {
                var publication = agent.Publish(notes);
                return () => publication.Replace([new("a"), new("b")]);
            }),
            TestAgents.Loop(agent =>
            {
                var subscription = agent.Subscribe(notes);
                return () => seen = subscription.Ready ? subscription.Count : -1;
            })));
        await device.SettleAsync();
        Assert.That(seen, Is.EqualTo(2));
    }

    [Test]
    public async Task The_first_failure_ends_all_parts_and_is_the_agents()
    {
        await using var device = new TestDevice();
        var othersEnded = false;
        device.Start("whole", Whole(
            TestAgents.Of(async (_, cancellationToken) =>
            {
                await TestAgents.UntilCancelled(cancellationToken);
                othersEnded = true;
                throw new IOException("a consequence");
            }),
            Waiting,
            TestAgents.Of((_, _) => throw new InvalidOperationException("the cause"))));
        Assert.That(async () =>
        {
            while (true)
                await device.SettleAsync();
        }, Throws.InvalidOperationException.With.Message.EqualTo("the cause"));
        Assert.That(othersEnded, Is.True);
    }

    [Test]
    public async Task A_part_that_is_done_leaves_the_others_running_and_does_not_look_busy()
    {
        await using var device = new TestDevice();
        var turns = 0;
        device.Start("whole", Whole(TestAgents.Of((_, _) => Task.CompletedTask), TestAgents.Loop(agent =>
        {
            agent.Subscribe(NoteTopics.Notes);
            return () => turns++;
        })));
        await device.SettleAsync();
        device.Publish(NoteTopics.Notes, new Note("a"));
        await device.SettleAsync();
        Assert.That(turns, Is.EqualTo(2));
    }

    [Test]
    public async Task The_age_of_a_turn_is_that_of_the_slowest_part_and_never_that_of_one_that_has_ended()
    {
        var time = new FakeTimeProvider();
        await using var bus = new MemoryBus([]);
        await using var context = new AgentContext(new AgentEnvironment("whole", bus, time, new RecordingLog(), new EvePaths("/nonexistent")), CancellationToken.None);
        var (slow, goesOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var stops = new CancellationTokenSource();
        var run = context.RunAllAsync(
            [
                TestAgents.Of((_, _) => Task.CompletedTask),
                TestAgents.Of(async (agent, cancellationToken) =>
                {
                    await agent.ChangedAsync(cancellationToken);
                    slow.SetResult();
                    await goesOn.Task;
                    while (true)
                        await agent.ChangedAsync(cancellationToken);
                }),
                Waiting,
            ],
            stops.Token);
        await slow.Task.WithinLimit();
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(context.TurnAge, Is.EqualTo(TimeSpan.FromMinutes(1)));
        goesOn.SetResult();
        await Soon.Async(() => context.Idle(jobs: true));
        time.Advance(TimeSpan.FromHours(1));
        Assert.That(context.TurnAge, Is.EqualTo(TimeSpan.Zero));
        await stops.CancelAsync();
        Assert.That(async () => await run.WithinLimit(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(context.TurnAge, Is.EqualTo(TimeSpan.Zero), "the turn of the whole goes on from here");
    }

    [Test]
    public async Task A_turn_that_was_asked_for_but_has_not_begun_has_no_age()
    {
        var time = new FakeTimeProvider();
        await using var bus = new MemoryBus([]);
        await using var context = new AgentContext(new AgentEnvironment("a", bus, time, new RecordingLog(), new EvePaths("/nonexistent")), CancellationToken.None);
        await context.ChangedAsync(CancellationToken.None);
        var waiting = context.ChangedAsync(CancellationToken.None).AsTask();
        time.Advance(TimeSpan.FromHours(1));
        Assert.That(context.TurnAge, Is.EqualTo(TimeSpan.Zero));
        context.Wake();     // the thread pool may be busy: the turn begins when it begins
        Assert.That(context.TurnAge, Is.LessThan(TimeSpan.FromMinutes(1)));
        await waiting.WithinLimit();
    }
}
