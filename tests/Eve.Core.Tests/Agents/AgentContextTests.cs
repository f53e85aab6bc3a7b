using Eve.Testing;
using NUnit.Framework;

namespace Eve.Tests;

public class AgentContextTests
{
    [Test]
    public async Task The_first_turn_comes_at_once_and_the_next_when_something_changed()
    {
        await using var device = new TestDevice();
        var turns = 0;
        device.Start("a", TestAgents.Loop(agent =>
        {
            agent.Subscribe(NoteTopics.Notes);
            return () => turns++;
        }));
        await device.SettleAsync();
        Assert.That(turns, Is.EqualTo(1));
        device.Publish(NoteTopics.Notes, new Note("a"));
        await device.SettleAsync();
        Assert.That(turns, Is.EqualTo(2));
    }

    [Test]
    public async Task A_quiet_subscription_waits_for_a_turn_that_comes_for_another_reason()
    {
        await using var device = new TestDevice();
        var (turns, quietCount) = (0, 0);
        device.Start("a", TestAgents.Loop(agent =>
        {
            var quiet = agent.Subscribe(NoteTopics.Notes, wakes: false);
            agent.Subscribe(NoteTopics.Board);
            return () => (turns, quietCount) = (turns + 1, quiet.Count);
        }));
        await device.SettleAsync();
        device.Publish(NoteTopics.Notes, new Note("a"));
        await device.SettleAsync();
        Assert.That((turns, quietCount), Is.EqualTo((1, 0)));
        device.Publish(NoteTopics.Board, new Note("b"));
        await device.SettleAsync();
        Assert.That((turns, quietCount), Is.EqualTo((2, 1)));
    }

    [Test]
    public async Task A_publication_asked_for_twice_is_the_same_object()
    {
        await using var device = new TestDevice();
        var same = false;
        device.Start("writer", TestAgents.Of((agent, _) =>
        {
            same = ReferenceEquals(agent.Publish(NoteTopics.Notes), agent.Publish(new Topic<Note>("writer")));
            return Task.CompletedTask;
        }));
        await device.SettleAsync();
        Assert.That(same, Is.True);
    }

    [Test]
    public async Task Only_the_publisher_publishes()
    {
        await using var device = new TestDevice();
        device.Start("reader", TestAgents.Of((agent, _) =>
        {
            agent.Publish(NoteTopics.Notes);
            return Task.CompletedTask;
        }));
        Assert.That(async () => await device.SettleAsync(), Throws.InvalidOperationException.With.Message.Contains("reader may not publish writer/Note"));
    }

    [Test]
    public async Task An_agent_publishes_under_the_names_it_was_registered_for_and_into_global_tables()
    {
        await using var device = new TestDevice();
        device.Start("logmanager", TestAgents.Of((agent, _) =>
        {
            agent.Publish(new Topic<Note>("newlogd")).Publish(new("a"));
            agent.Publish(new Topic<Note>("loguploader")).Publish(new("a"));
            agent.Publish(NoteTopics.Board).Publish(new("a"));
            return Task.CompletedTask;
        }), "newlogd", "loguploader");
        await device.SettleAsync();
        Assert.That(device.Read(new Topic<Note>("loguploader"), "a"), Is.Not.Null);
    }

    [Test]
    public async Task An_agent_that_starts_again_owns_what_it_had_published()
    {
        await using var device = new TestDevice(null, "writer");
        var stop = device.Start("writer", TestAgents.Loop(agent =>
        {
            agent.Publish(NoteTopics.Notes).Replace([new("a")]);
            return () => { };
        }));
        await device.SettleAsync();
        await stop.CancelAsync();
        await device.SettleAsync();
        Assert.That(device.Read(NoteTopics.Notes, "a"), Is.Not.Null, "publications stay when the agent ends");
        device.Start("writer", TestAgents.Loop(agent =>
        {
            agent.Publish(NoteTopics.Notes).Replace([]);
            return () => { };
        }));
        await device.SettleAsync();
        Assert.That(device.Read(NoteTopics.Notes, "a"), Is.Null);
    }

    [Test]
    public async Task Nothing_is_removed_before_the_publisher_says_that_its_set_is_complete()
    {
        await using var device = new TestDevice(null, "writer");
        HashSet<string> machines = ["a", "b"];
        var ready = false;
        device.Start("keeper", TestAgents.Loop(agent =>
        {
            var wanted = agent.Subscribe(NoteTopics.Notes);
            return () =>
            {
                machines.UnionWith(wanted.Keys);
                ready = wanted.Ready;
                if (ready)
                    machines.RemoveWhere(m => wanted[m] is null);
            };
        }));
        await device.SettleAsync();
        Assert.That(machines, Is.EquivalentTo(["a", "b"]), "there is no publisher yet");
        device.Announce(NoteTopics.Notes, complete: false);
        device.Publish(NoteTopics.Notes, new Note("a"));
        await device.SettleAsync();
        Assert.That(machines, Is.EquivalentTo(["a", "b"]), "the publisher is there, its set not complete");
        device.Announce(NoteTopics.Notes);
        await device.SettleAsync();
        Assert.That(machines, Is.EquivalentTo(["a"]));
        device.Announce(NoteTopics.Notes, complete: false);
        await device.SettleAsync();
        Assert.That(ready, Is.False, "the publisher starts again");
    }

    [Test]
    public async Task A_topic_is_not_ready_while_its_publisher_waits_for_its_own_inputs()
    {
        await using var device = new TestDevice(null, "writer", "reader");
        var readyAndEmpty = false;
        device.Start("writer", TestAgents.Of(async (agent, cancellationToken) =>
        {
            var notes = agent.Publish(NoteTopics.Notes);
            var answers = agent.Subscribe(NoteTopics.Answers);
            while (!answers.Ready)
                await agent.ChangedAsync(cancellationToken);
            notes.Replace([new("a")]);
            await TestAgents.UntilCancelled(cancellationToken);
        }));
        device.Start("reader", TestAgents.Loop(agent =>
        {
            var notes = agent.Subscribe(NoteTopics.Notes);
            return () => readyAndEmpty |= notes.Ready && notes.Count == 0;
        }));
        await device.SettleAsync();
        device.Announce(NoteTopics.Answers);
        await Soon.Async(() => device.IsReady(NoteTopics.Notes));
        Assert.That(readyAndEmpty, Is.False);
    }

    [Test]
    public async Task A_token_of_ones_own_ends_the_wait()
    {
        await using var device = new TestDevice();
        using var own = new CancellationTokenSource();
        var ended = new TaskCompletionSource();
        device.Start("a", TestAgents.Of(async (agent, cancellationToken) =>
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, own.Token);
            try
            {
                while (true)
                    await agent.ChangedAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                ended.SetResult();
            }
            while (true)
                await agent.ChangedAsync(cancellationToken);
        }));
        await device.SettleAsync();
        await own.CancelAsync();
        await ended.Task.WithinLimit();
        Assert.That(async () => await device.SettleAsync(), Throws.Nothing, "the agent itself goes on");
    }
}
