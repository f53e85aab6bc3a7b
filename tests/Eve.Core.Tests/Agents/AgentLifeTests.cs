using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests;

public class AgentLifeTests
{
    static IAgent Waiting => TestAgents.Loop(_ => () => { });

    sealed class Unmakable : IAgent
    {
        public Unmakable() => throw new InvalidOperationException("there is no /dev/x");
        public Task RunAsync(AgentContext agent, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    [Test]
    public async Task An_agent_that_cannot_be_made_is_reported_and_tried_again()
    {
        using var log = new RecordingLog();
        await using var services = new ServiceCollection().AddSingleton<ILoggerFactory>(log).AddEve(TestServices.InMemory).AddAgent<Unmakable>("a").BuildServiceProvider();
        using var stop = new CancellationTokenSource();
        var run = services.GetRequiredService<Device>().RunAsync(stop.Token);
        await Soon.Async(() => log.Lines.Count(l => l.Contains("there is no /dev/x", StringComparison.Ordinal)) > 1);
        await stop.CancelAsync();
        await run.WithinLimit();
    }

    [Test]
    public async Task A_failed_agent_starts_again_and_what_it_published_stays()
    {
        var lives = 0;
        var second = new TaskCompletionSource<Note?>();
        await using var device = new TestServices(TimeProvider.System, TestServices.InMemory, ("writer", TestAgents.Of(async (agent, cancellationToken) =>
        {
            var notes = agent.Publish(NoteTopics.Notes);
            if (Interlocked.Increment(ref lives) > 1)
                second.TrySetResult(notes["a"]);
            notes.Publish(new("a"));
            await agent.ChangedAsync(cancellationToken);
            if (lives == 1)
                throw new InvalidOperationException("broken");
            await TestAgents.UntilCancelled(cancellationToken);
        })));
        _ = device.Run();
        Assert.That(await second.Task.WithinLimit(), Is.EqualTo(new Note("a")));
        Assert.That(device.Log.Has("writer failed and starts again in 00:00:00 broken"));
        await device.StopAsync();
    }

    /// <summary>Tells when somebody waits for this clock, and how long.</summary>
    sealed class ClockThatTells : FakeTimeProvider
    {
        readonly ConcurrentQueue<TimeSpan> _waits = [];

        public IEnumerable<TimeSpan> Waits => _waits;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _waits.Enqueue(dueTime);
            return timer;
        }
    }

    [Test]
    public async Task The_pauses_double_up_to_the_longest_and_begin_anew_after_a_long_good_life()
    {
        var time = new ClockThatTells();
        var fail = new SemaphoreSlim(0);
        var lives = 0;
        var options = TestServices.InMemory with { Failure = new(), WatchdogInterval = TimeSpan.FromDays(1) };
        await using var device = new TestServices(time, options, ("a", TestAgents.Of(async (_, cancellationToken) =>
        {
            Interlocked.Increment(ref lives);
            await fail.WaitAsync(cancellationToken);
            throw new InvalidOperationException();
        })));
        List<TimeSpan> Pauses() => [.. time.Waits.Where(w => w > TimeSpan.Zero && w < options.WatchdogInterval)];
        _ = device.Run();
        for (var failures = 1; failures <= 9; failures++)
        {
            await Soon.Async(() => Volatile.Read(ref lives) == failures);
            if (failures == 9)
                time.Advance(TimeSpan.FromMinutes(2));
            fail.Release();
            await Soon.Async(() => Pauses().Count == failures);
            time.Advance(Pauses()[^1]);
        }
        Assert.That(Pauses().Select(p => p.TotalSeconds), Is.EqualTo(new double[] { 1, 2, 4, 8, 16, 32, 60, 60, 1 }));
        await device.StopAsync();
    }

    [Test]
    public async Task A_device_stops_while_an_agent_waits_to_be_started_again()
    {
        await using var device = new TestServices(new FakeTimeProvider(), TestServices.InMemory with { Failure = new() }, ("a", TestAgents.Of((_, _) => throw new IOException("broken"))));
        _ = device.Run();
        await Soon.Async(() => device.Log.Has("broken"));
        await device.StopAsync();
    }

    [Test]
    public async Task An_agent_may_stay_down_while_the_others_go_on()
    {
        var decided = new List<AgentFailure>();
        var policy = new FailurePolicy
        {
            Decide = failure =>
            {
                decided.Add(failure);
                return FailureAction.Stop;
            },
        };
        await using var device = new TestServices(TimeProvider.System, TestServices.InMemory with { Failure = policy }, ("a", TestAgents.Of((_, _) => throw new IOException("broken"))), ("b", Waiting));
        _ = device.Run();
        await Soon.Async(() => device.Log.Has("a failed and stays down"));
        Assert.That(device.Running.IsCompleted, Is.False);
        await device.StopAsync();
        Assert.That(decided.Single() is { Agent: "a", Exception: IOException, Failures: 1 });
    }

    [Test]
    public async Task An_agent_may_take_the_device_down()
    {
        var othersEnded = false;
        await using var device = new TestServices(TimeProvider.System, TestServices.InMemory with { Failure = new() { Decide = _ => FailureAction.Reboot } },
            ("a", TestAgents.Of((_, _) => throw new IOException("broken"))),
            ("b", TestAgents.Of(async (_, cancellationToken) =>
            {
                await TestAgents.UntilCancelled(cancellationToken);
                othersEnded = true;
            })));
        Assert.That(async () => await device.Run().WithinLimit(),
            Throws.TypeOf<DeviceFailedException>().With.Message.Contains("broken").And.Property(nameof(DeviceFailedException.Agent)).EqualTo("a"));
        Assert.That(othersEnded, Is.True);
    }

    [Test]
    public async Task A_failure_during_the_stop_is_told_and_reboots_nothing()
    {
        var started = new TaskCompletionSource();
        await using var device = new TestServices(TimeProvider.System, TestServices.InMemory with { Failure = new() { Decide = _ => FailureAction.Reboot } },
            ("a", TestAgents.Of(async (_, cancellationToken) =>
            {
                started.SetResult();
                await TestAgents.UntilCancelled(cancellationToken);
                throw new IOException("broken");
            })));
        _ = device.Run();
        await started.Task.WithinLimit();
        await device.StopAsync();
        Assert.That(device.Log.Has("a failed while it ended broken"));
    }

    [Test]
    public async Task An_agent_that_starts_again_leaves_nothing_behind()
    {
        List<WeakReference> contexts = [];
        await using var device = new TestServices(TimeProvider.System, TestServices.InMemory, ("a", TestAgents.Of(async (agent, cancellationToken) =>
        {
            int lives;
            lock (contexts)
            {
                contexts.Add(new(agent));
                lives = contexts.Count;
            }
            agent.Subscribe(NoteTopics.Notes);
            agent.WakeAt(agent.Now.AddDays(1));
            await agent.ChangedAsync(cancellationToken);
            if (lives < 10)
                throw new InvalidOperationException();
            await TestAgents.UntilCancelled(cancellationToken);
        })));
        _ = device.Run();
        await Soon.Async(() => contexts.Count == 10);
        await Soon.Async(() => contexts.Count(c => c.IsAlive) <= 2, GC.Collect);
        await device.StopAsync();
    }
}
