using Eve.Tests.Platform;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Eve.Tests;

public class WatchdogTests
{
    readonly FakeTimeProvider _time = new();
    readonly TaskCompletionSource _inTurn = new();

    TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    DeviceOptions Options => new() { Root = _folder.Root };

    string TouchFile => _folder.Path("run/a.touch");

    void AdvanceSeconds(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    // Waits for the watchdog's looks while the clock goes on.
    Task UntilAsync(Func<bool> condition) => Soon.Async(condition, () => AdvanceSeconds(1));

    [Test]
    public async Task An_agent_that_waits_is_alive_however_long_it_waits()
    {
        AgentContext? context = null;
        await using var device = new TestServices(_time, Options, ("a", TestAgents.Loop(agent =>
        {
            context = agent;
            return () => { };
        })));
        _ = device.Run();
        await Soon.Async(() => File.Exists(TouchFile) && context?.Idle(jobs: true) is true);
        var start = _time.GetUtcNow();
        await UntilAsync(() => File.GetLastWriteTimeUtc(TouchFile) > start.UtcDateTime.AddHours(1));
        await device.StopAsync();
        Assert.That(device.Log.Lines, Is.EqualTo(["Information: All 1 agents run"]));
    }

    [Test]
    public async Task A_slow_agent_is_named_and_stays_alive()
    {
        var goOn = new TaskCompletionSource();
        await using var device = new TestServices(_time, Options with { ErrorTime = TimeSpan.FromDays(365) }, ("a", TestAgents.Of(async (agent, cancellationToken) =>
        {
            await agent.ChangedAsync(cancellationToken);
            _inTurn.TrySetResult();
            await goOn.Task;
            while (true)
                await agent.ChangedAsync(cancellationToken);
        })));
        _ = device.Run();
        await _inTurn.Task.WithinLimit();
        await UntilAsync(() => device.Log.Has("a is slow: its turn has lasted"));
        goOn.SetResult();
        await device.StopAsync();
        Assert.That(device.Log.Has("failed"), Is.False);
    }

    [Test]
    public async Task A_hung_agent_that_heeds_its_token_is_ended_and_started_again()
    {
        var lives = 0;
        await using var device = new TestServices(_time, Options, ("a", TestAgents.Of(async (agent, cancellationToken) =>
        {
            if (Interlocked.Increment(ref lives) == 1)
                await TestAgents.Forever(cancellationToken);
            while (true)
                await agent.ChangedAsync(cancellationToken);
        })));
        _ = device.Run();
        await UntilAsync(() => Volatile.Read(ref lives) == 2);
        Assert.That(device.Log.Has("a hangs: its turn has lasted"));
        await device.StopAsync();
        Assert.That(lives, Is.EqualTo(2));
    }

    [Test]
    public async Task A_hung_agent_is_not_touched()
    {
        var ends = new TaskCompletionSource();
        await using var device = new TestServices(_time, Options with { StopTime = TimeSpan.FromHours(1) }, ("a", TestAgents.Of((_, _) => ends.Task)));
        _ = device.Run();
        int Looks() => device.Log.Lines.Count(l => l.Contains("a hangs", StringComparison.Ordinal));
        await UntilAsync(() => Looks() == 1);
        var touched = File.GetLastWriteTimeUtc(TouchFile);
        await UntilAsync(() => Looks() == 5);
        Assert.That(File.GetLastWriteTimeUtc(TouchFile), Is.EqualTo(touched));
        ends.SetResult();
        await device.StopAsync();
    }

    [Test]
    public async Task A_hung_agent_that_heeds_nothing_is_left_to_itself_and_can_publish_no_more()
    {
        var lives = 0;
        var (wakes, zombiesEnd) = (new TaskCompletionSource(), new TaskCompletionSource<Exception?>());
        await using var device = new TestServices(_time, Options, ("writer", TestAgents.Of(async (agent, cancellationToken) =>
        {
            var notes = agent.Publish(NoteTopics.Notes);
            if (Interlocked.Increment(ref lives) == 1)
            {
                await wakes.Task;
                try
                {
                    notes.Publish(new("a", 99));
                    zombiesEnd.SetResult(null);
                }
                catch (ObjectDisposedException exception)
                {
                    zombiesEnd.SetResult(exception);
                    throw;
                }
            }
            notes.Replace([new("a", 2)]);
            while (true)
                await agent.ChangedAsync(cancellationToken);
        })));
        _ = device.Run();
        await UntilAsync(() => device.Bus.Read(NoteTopics.Notes, "a") is { Size: 2 });
        wakes.SetResult();
        Assert.That(await zombiesEnd.Task.WithinLimit(), Is.Not.Null);
        Assert.That(device.Bus.Read(NoteTopics.Notes, "a")?.Size, Is.EqualTo(2));
        await device.StopAsync();
    }

    [Test]
    public async Task The_end_of_a_life_that_was_given_up_does_not_blind_the_watchdog_for_the_next()
    {
        var lives = 0;
        var zombieEnds = new TaskCompletionSource();
        await using var device = new TestServices(_time, Options, ("a", TestAgents.Of(async (_, cancellationToken) =>
        {
            if (Interlocked.Increment(ref lives) == 1)
                await zombieEnds.Task;
            else
                await TestAgents.Forever(cancellationToken);
        })));
        _ = device.Run();
        await UntilAsync(() => Volatile.Read(ref lives) == 2);
        zombieEnds.SetResult();
        await UntilAsync(() => Volatile.Read(ref lives) == 3);
        await device.StopAsync();
    }

    [Test]
    public async Task The_failure_policy_decides_over_a_hung_agent_too()
    {
        await using var device = new TestServices(_time, Options with { Failure = new() { Decide = f => f is { Exception: null, Hung.TotalMinutes: > 3 } ? FailureAction.Reboot : FailureAction.Restart } },
            ("a", TestAgents.Of((_, cancellationToken) => TestAgents.Forever(cancellationToken))));
        _ = device.Run();
        await UntilAsync(() => device.Running.IsCompleted);
        Assert.That(async () => await device.Running, Throws.TypeOf<DeviceFailedException>().With.Message.Contains("a hangs"));
    }

    [Test]
    public async Task A_run_folder_that_cannot_be_written_stops_nothing()
    {
        await File.WriteAllTextAsync(_folder.Path("run"), "in the way");
        await using var device = new TestServices(_time, Options, ("a", TestAgents.Loop(_ => () => { })));
        _ = device.Run();
        await Soon.Async(() => device.Log.Has("Cannot touch"));
        await device.StopAsync();
    }
}
