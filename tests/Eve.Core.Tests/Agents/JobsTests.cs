using System.Collections.Concurrent;
using Eve.Testing;
using NUnit.Framework;

namespace Eve.Tests;

public class JobsTests
{
    // A turn for each published note: what the agent does there is up to the test.
    static IAgent Commanded(Action<Jobs<string, int>, string> obey, Action<Jobs<string, int>>? look = null) => TestAgents.Loop(agent =>
    {
        var commands = agent.Subscribe(NoteTopics.Board);
        var jobs = agent.Jobs<string, int>();
        return () =>
        {
            foreach (var change in commands.Changes)
                obey(jobs, change.Key);
            look?.Invoke(jobs);
        };
    });

    static void Command(TestDevice device, string command) => device.Publish(NoteTopics.Board, new Note(command));

    [Test]
    public async Task A_result_comes_at_a_turn_and_is_seen_once()
    {
        await using var device = new TestDevice();
        List<(string, string)> results = [];
        device.Start("a", Commanded(
            (jobs, command) =>
            {
                if (command == "start")
                    jobs.Start("k", (_, _) => Task.FromResult("done"));
            },
            jobs => results.AddRange(jobs.Finished)));
        Command(device, "start");
        await device.SettleAsync();
        Command(device, "look again");
        await device.SettleAsync();
        Assert.That(results, Is.EqualTo(new[] { ("k", "done") }));
    }

    [Test]
    public async Task Progress_is_coalesced_and_its_last_is_seen()
    {
        await using var device = new TestDevice();
        List<int> seen = [];
        device.Start("a", Commanded(
            (jobs, _) => jobs.Start("k", (progress, _) =>
            {
                for (var i = 0; i < 1000; i++)
                    progress.Report(i);
                return Task.FromResult("done");
            }),
            jobs => seen.AddRange(jobs.Progress.Select(p => p.Progress))));
        Command(device, "start");
        await device.SettleAsync();
        Assert.That(seen, Is.Ordered.Ascending);
        Assert.That(seen[^1], Is.EqualTo(999));
    }

    [TestCase("start")]
    [TestCase("cancel")]
    public async Task One_job_at_a_time_runs_under_a_key(string secondCommand)
    {
        await using var device = new TestDevice();
        var ends = new TaskCompletionSource();
        var (now, most, started) = (0, 0, 0);
        async Task<string> WorkAsync(IProgress<int> progress, CancellationToken stop)
        {
            Interlocked.Increment(ref started);
            most = Math.Max(most, Interlocked.Increment(ref now));
            await TestAgents.UntilCancelled(stop);
            await ends.Task;        // closing its file
            Interlocked.Decrement(ref now);
            return "";
        }

        device.Start("a", Commanded((jobs, command) =>
        {
            if (command.StartsWith("cancel", StringComparison.Ordinal))
                jobs.Cancel("k");
            jobs.Start("k", WorkAsync);
        }));
        Command(device, "start first");
        await Soon.Async(() => Volatile.Read(ref started) == 1);
        Command(device, secondCommand);
        await device.SettleAsync(jobs: false);
        Assert.That(started, Is.EqualTo(1), "the first has not ended yet");
        ends.SetResult();
        await Soon.Async(() => Volatile.Read(ref started) == 2);
        Assert.That(most, Is.EqualTo(1));
    }

    [Test]
    public async Task The_result_of_a_job_that_was_started_anew_is_dropped()
    {
        await using var device = new TestDevice();
        var (first, second) = (new TaskCompletionSource<string>(), new TaskCompletionSource<string>());
        List<string> results = [];
        device.Start("a", Commanded(
            (jobs, command) => jobs.Start("k", (_, _) => command == "first" ? first.Task : second.Task),
            jobs => results.AddRange(jobs.Finished.Select(f => f.Result))));
        Command(device, "first");
        await device.SettleAsync(jobs: false);
        Command(device, "second");
        await device.SettleAsync(jobs: false);
        first.SetResult("first");
        second.SetResult("second");
        await device.SettleAsync();
        Assert.That(results, Is.EqualTo(["second"]));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_result_that_is_in_Finished_already_is_taken_back_too(bool startAgain)
    {
        await using var device = new TestDevice();
        List<string> results = [];
        var takenBack = false;
        device.Start("a", Commanded(
            (jobs, _) => jobs.Start("k", (_, _) => Task.FromResult("old")),
            jobs =>
            {
                if (jobs.Finished.Count > 0 && !takenBack)
                {
                    takenBack = true;
                    if (startAgain)
                        jobs.Start("k", (_, _) => Task.FromResult("new"));
                    else
                        jobs.Cancel("k");
                }
                results.AddRange(jobs.Finished.Select(f => f.Result));
            }));
        Command(device, "start");
        await device.SettleAsync();
        Assert.That(takenBack, Is.True);
        Assert.That(results, Is.EqualTo(startAgain ? ["new"] : Array.Empty<string>()));
    }

    [Test]
    public async Task A_cancelled_job_brings_no_result_and_does_not_count_as_running()
    {
        await using var device = new TestDevice();
        var ends = new TaskCompletionSource<string>();
        var (finished, running) = (0, true);
        device.Start("a", Commanded(
            (jobs, command) =>
            {
                if (command == "start")
                    jobs.Start("k", (_, _) => ends.Task);
                else
                    jobs.Cancel("k");
            },
            jobs => (finished, running) = (finished + jobs.Finished.Count, jobs.Running("k"))));
        Command(device, "start");
        await device.SettleAsync(jobs: false);
        Assert.That(running, Is.True);
        Command(device, "cancel");
        await device.SettleAsync(jobs: false);
        Assert.That(running, Is.False);
        ends.SetResult("too late");
        await device.SettleAsync();
        Assert.That(finished, Is.Zero);
    }

    [Test]
    public async Task The_failure_of_a_cancelled_job_is_dropped_like_its_result()
    {
        await using var device = new TestDevice();
        device.Start("a", Commanded((jobs, command) =>
        {
            if (command == "cancel")
                jobs.Cancel("k");
            else
                jobs.Start("k", async (_, stop) =>
                {
                    await TestAgents.UntilCancelled(stop);
                    throw new IOException("Broken pipe: the program was killed.");
                });
        }));
        Command(device, "start");
        await device.SettleAsync(jobs: false);
        Command(device, "cancel");
        Assert.That(async () => await device.SettleAsync(), Throws.Nothing);
    }

    [Test]
    public async Task A_job_that_throws_ends_the_agent()
    {
        await using var device = new TestDevice();
        device.Start("a", Commanded((jobs, _) => jobs.Start("k", (_, _) => throw new InvalidOperationException("broken"))));
        Command(device, "start");
        Assert.That(async () => await device.SettleAsync(), Throws.InvalidOperationException.With.Message.EqualTo("broken"));
    }

    [Test]
    public async Task When_an_agent_has_ended_none_of_its_jobs_runs()
    {
        var running = 0;
        await using var device = new TestServices(TimeProvider.System, TestServices.InMemory, ("a", TestAgents.Of(async (agent, cancellationToken) =>
        {
            agent.Jobs<int, int>().Start("k", async (_, stop) =>
            {
                Interlocked.Increment(ref running);
                await TestAgents.UntilCancelled(stop);
                for (var i = 0; i < 100; i++)
                    await Task.Yield();
                Interlocked.Decrement(ref running);
                return 0;
            });
            while (true)
                await agent.ChangedAsync(cancellationToken);
        })));
        _ = device.Run();
        await Soon.Async(() => Volatile.Read(ref running) == 1);
        await device.StopAsync();
        Assert.That(running, Is.Zero);
    }

    [Test]
    public async Task No_job_of_a_failed_life_runs_beside_those_of_the_next()
    {
        var (now, most, lives) = (0, 0, 0);
        var (closed, started) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var device = new TestServices(TimeProvider.System, TestServices.InMemory, ("a", TestAgents.Of(async (agent, cancellationToken) =>
        {
            var life = Interlocked.Increment(ref lives);
            agent.Jobs<int, int>().Start("download", async (_, stop) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref now));
                started.TrySetResult();
                await TestAgents.UntilCancelled(stop);
                await closed.Task;
                Interlocked.Decrement(ref now);
                return 0;
            });
            await started.Task;
            if (life == 1)
                throw new InvalidOperationException("first life");
            while (true)
                await agent.ChangedAsync(cancellationToken);
        })));
        _ = device.Run();
        await started.Task.WithinLimit();
        closed.SetResult();
        await Soon.Async(() => Volatile.Read(ref lives) == 2);
        await device.StopAsync();
        Assert.That(most, Is.EqualTo(1));
    }

    [Test]
    public async Task A_cancellation_callback_that_throws_ends_neither_the_supervision_nor_the_stop()
    {
        var lives = 0;
        var started = new ConcurrentQueue<int>();
        await using var device = new TestServices(TimeProvider.System, TestServices.InMemory, ("a", TestAgents.Of(async (agent, cancellationToken) =>
        {
            var life = Interlocked.Increment(ref lives);
            cancellationToken.Register(() => throw new InvalidOperationException("callback of the agent"));
            agent.Jobs<int, int>().Start("k", async (_, stop) =>
            {
                stop.Register(() => throw new InvalidOperationException("callback of the job"));
                started.Enqueue(life);
                await TestAgents.Forever(stop);
                return 0;
            });
            await Soon.Async(() => started.Contains(life));
            if (life == 1)
                throw new InvalidOperationException("first life");
            while (true)
                await agent.ChangedAsync(cancellationToken);
        })));
        _ = device.Run();
        await Soon.Async(() => started.Contains(2));
        await device.StopAsync();
        Assert.That(lives, Is.EqualTo(2));
    }
}
