using System.Collections.Concurrent;
using Eve.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests;

public class DeviceTests
{
    static IAgent Waiting => TestAgents.Loop(_ => () => { });

    static IAgent Stubborn(Task until) => TestAgents.Of((_, _) => until);

    [Test]
    public async Task Agents_do_not_wait_for_each_others_first_turn()
    {
        using var second = new ManualResetEventSlim();
        var seen = false;
        await using var device = new TestServices(TimeProvider.System, TestServices.InMemory,
            ("a", TestAgents.Of((_, cancellationToken) =>
            {
                seen = second.Wait(TimeSpan.FromSeconds(20), cancellationToken);
                return Task.CompletedTask;
            })),
            ("b", TestAgents.Of((_, _) =>
            {
                second.Set();
                return Task.CompletedTask;
            })));
        await device.Run().WithinLimit();
        Assert.That(seen, Is.True);
    }

    [Test]
    public async Task A_device_of_agents_that_are_done_ends()
    {
        await using var device = new TestServices(TimeProvider.System, TestServices.InMemory, ("client", TestAgents.Of((_, _) => Task.CompletedTask)));
        await device.Run().WithinLimit();
    }

    [Test]
    public async Task A_one_shot_agent_gets_its_arguments_and_prints()
    {
        await using var device = new TestServices(TimeProvider.System, TestServices.InMemory, ("tool", TestAgents.Of((agent, _) => agent.Output.WriteAsync(string.Join('+', agent.Args)))));
        await using var output = new StringWriter();
        await device.Device.RunAsync(["tool"], CancellationToken.None, ["a", "b"], output).WithinLimit();
        Assert.That(output.ToString(), Is.EqualTo("a+b"));
    }

    [Test]
    public async Task One_agent_runs_alone()
    {
        var ran = "";
        await using var device = new TestServices(TimeProvider.System, TestServices.InMemory,
            ("a", TestAgents.Of((_, _) => Task.FromResult(ran += "a"))), ("b", TestAgents.Of((_, _) => Task.FromResult(ran += "b"))));
        await device.Device.RunAsync("b", CancellationToken.None).WithinLimit();
        Assert.That(ran, Is.EqualTo("b"));
    }

    [Test]
    public async Task A_name_that_no_agent_has_is_refused_with_the_names_there_are()
    {
        await using var device = new TestServices(TimeProvider.System, TestServices.InMemory, ("nim", Waiting));
        Assert.That(async () => await device.Device.RunAsync("min", CancellationToken.None), Throws.TypeOf<EveException>().With.Message.Contains("'min'").And.Message.Contains("nim"));
    }

    sealed class First : IAgent
    {
        public Task RunAsync(AgentContext agent, CancellationToken cancellationToken) => agent.Output.WriteAsync("first");
    }

    sealed class Second : IAgent
    {
        public Task RunAsync(AgentContext agent, CancellationToken cancellationToken)
        {
            agent.Publish(new Topic<Note>("other"));
            return agent.Output.WriteAsync("second");
        }
    }

    [Test]
    public async Task The_last_agent_registered_under_a_name_is_the_one_that_runs_with_its_rights()
    {
        await using var services = new ServiceCollection().AddEve(TestServices.InMemory).AddAgent<First>("a").AddAgent<Second>("a", "other").BuildServiceProvider();
        var device = services.GetRequiredService<Device>();
        await using var output = new StringWriter();
        await device.RunAsync(device.Agents, CancellationToken.None, output: output).WithinLimit();
        Assert.That(output.ToString(), Is.EqualTo("second"));
    }

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
    public async Task The_last_registered_agent_ends_first()
    {
        List<string> ended = [];
        var started = 0;
        IAgent Named(string name) => TestAgents.Of(async (_, cancellationToken) =>
        {
            Interlocked.Increment(ref started);
            await TestAgents.UntilCancelled(cancellationToken);
            for (var i = 0; i < 20; i++)
                await Task.Yield();
            lock (ended)
                ended.Add(name);
        });
        await using var device = new TestServices(new FakeTimeProvider(), TestServices.InMemory, ("a", Named("a")), ("b", Named("b")), ("c", Named("c")));
        _ = device.Run();
        await Soon.Async(() => Volatile.Read(ref started) == 3);
        await device.StopAsync();
        Assert.That(ended, Is.EqualTo(["c", "b", "a"]));
    }

    [Test]
    public async Task An_agent_that_does_not_end_is_named_and_leaves_time_to_the_others()
    {
        var never = new TaskCompletionSource();
        var time = new FakeTimeProvider();
        var started = 0;
        var others = TestAgents.Of(async (_, cancellationToken) =>
        {
            Interlocked.Increment(ref started);
            await TestAgents.UntilCancelled(cancellationToken);
        });
        var device = new TestServices(time, TestServices.InMemory, ("a", others), ("stuck", Stubborn(never.Task)), ("c", others));
        _ = device.Run();
        await Soon.Async(() => Volatile.Read(ref started) == 2);
        await device.StopAsync(() => time.Advance(TimeSpan.FromMilliseconds(1)));
        Assert.That(device.Log.Lines.Where(l => l.Contains("does not end", StringComparison.Ordinal)), Is.EqualTo(["Error: stuck does not end within 00:00:10"]));
        never.SetResult();
        await device.DisposeAsync();
    }

    [Test]
    public async Task What_agents_published_is_on_disk_when_the_device_has_ended()
    {
        using var folder = new TemporaryFolder();
        await using (var device = new TestServices(TimeProvider.System, new DeviceOptions { Root = folder.Root }, ("writer", TestAgents.Of((agent, _) =>
        {
            agent.Publish(NoteTopics.Kept).Replace([new("a")]);
            return Task.CompletedTask;
        }))))
        {
            await device.Run().WithinLimit();
        }
        Assert.That(folder.Path("persist/status/writer/Note/a.json"), Does.Exist);
        Assert.That(folder.Path("persist/status/writer/Note/restarted"), Does.Exist);
    }

    [Test]
    public async Task Code_outside_agents_sees_what_they_publish()
    {
        await using var device = new TestServices(TimeProvider.System, TestServices.InMemory, ("writer", TestAgents.Loop(agent =>
        {
            agent.Publish(NoteTopics.Notes).Replace([new("a")]);
            return () => { };
        })));
        _ = device.Run();
        await Soon.Async(() => device.Bus.Read(NoteTopics.Notes, "a") is not null);
        Assert.That(() => device.Bus.Publish(NoteTopics.Notes), Throws.InvalidOperationException);
        await device.StopAsync();
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
