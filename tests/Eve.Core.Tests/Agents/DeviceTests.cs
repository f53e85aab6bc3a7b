using Eve.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;
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
        var (started, ending) = (0, 0);
        var others = TestAgents.Of(async (_, cancellationToken) =>
        {
            using var told = cancellationToken.Register(() => Interlocked.Increment(ref ending));
            Interlocked.Increment(ref started);
            await TestAgents.UntilCancelled(cancellationToken);
            Interlocked.Decrement(ref ending);
        });
        var device = new TestServices(time, TestServices.InMemory, ("a", others), ("stuck", Stubborn(never.Task)), ("c", others));
        _ = device.Run();
        await Soon.Async(() => Volatile.Read(ref started) == 2);
        // The time that an agent takes to end is no time of this clock.
        await device.StopAsync(() => time.Advance(TimeSpan.FromMilliseconds(Volatile.Read(ref ending) == 0 ? 1 : 0)));
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
}
