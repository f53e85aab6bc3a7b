using NUnit.Framework;

namespace Eve.Tests.WholeDevice;

/// <summary>The demo that is interrupted, killed, or not alone.</summary>
[Category("system")]
[NonParallelizable]
public class DemoTests
{
    const int Interrupted = 130;

    // From here on it is about to clean up anyway, and does so to its end.
    const string CleansUp = "device stopped";

    // Slow enough to be seen downloading.
    static readonly string[] Slowly = ["--rate", "10000000"];

    // What it says when a stage is over.
    static readonly string[] Stages =
    [
        "controller up", "onboarded", "configured", "download: ", "downloaded", "verified", "volume created", "network instance up", "app booting", "app running",
        "answering", "zedbox: size", "app gone", CleansUp,
    ];

    readonly string _name = DemoRun.NewName();

    [TearDown]
    public Task RemoveAsync() => DemoRun.RemoveAsync(_name);

    [Test]
    [CancelAfter(240_000)]
    public async Task Interrupted_it_cleans_up_and_after_a_kill_the_next_one_does(CancellationToken cancellationToken)
    {
        await InterruptAsync("-INT", "download: ", cancellationToken);
        await InterruptAsync("-KILL", "app booting", cancellationToken);
        await CompleteAsync(leftovers: true, cancellationToken);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_second_demo_says_that_there_is_one_and_leaves_it_alone(CancellationToken cancellationToken)
    {
        using var first = DemoRun.Start(_name, "--rate", "300000");
        await first.SeesAsync("configured", cancellationToken);

        using var second = DemoRun.Start(_name);
        Assert.That(await second.EndsAsync(cancellationToken), Is.EqualTo(1));
        Assert.That(second.Output, Does.StartWith("A demo is running: process ").And.Contains("make demo-stop"));

        await first.SeesAsync("download: ", cancellationToken);
        using var stop = DemoRun.Start(_name, "--stop");
        Assert.That(await stop.EndsAsync(cancellationToken), Is.Zero, stop.Output);
        Assert.That(await first.EndsAsync(cancellationToken), Is.EqualTo(Interrupted), first.Output);
        Assert.That(DemoRun.Traces(_name), Is.Empty);
    }

    /// <summary>Each run is interrupted one stage later than the former one, on whose remains it began.</summary>
    [Test]
    [Category("long")]
    [CancelAfter(1_800_000)]
    public async Task Interrupted_at_any_stage_the_next_one_works([Values("-INT", "-TERM", "-HUP", "-KILL")] string signal, CancellationToken cancellationToken)
    {
        await InterruptAtOnceAsync(signal, cancellationToken);
        foreach (var stage in Stages)
            await InterruptAsync(signal, stage, cancellationToken);
        await CompleteAsync(leftovers: signal == "-KILL", cancellationToken);
    }

    async Task InterruptAsync(string signal, string line, CancellationToken cancellationToken)
    {
        using var demo = DemoRun.Start(_name, Slowly);
        await demo.SeesAsync(line, cancellationToken);
        demo.Signal(signal);
        await EndedAsync(demo, signal, line, cancellationToken);
    }

    // While it makes its namespaces: it has said nothing yet.
    async Task InterruptAtOnceAsync(string signal, CancellationToken cancellationToken)
    {
        using var demo = DemoRun.Start(_name, Slowly);
        while (!File.Exists($"/run/netns/{_name}-ctl"))
            await Task.Yield();
        demo.Signal(signal);
        await EndedAsync(demo, signal, "the first namespace", cancellationToken);
    }

    async Task EndedAsync(DemoRun demo, string signal, string stage, CancellationToken cancellationToken)
    {
        var when = $"{signal} at '{stage}'";
        var code = await demo.EndsAsync(cancellationToken);
        TestContext.Out.WriteLine($"{when}: {code}");
        if (signal == "-KILL")
        {
            Assert.That(DemoRun.Traces(_name), Is.Not.Empty, when);
            return;
        }
        Assert.That(code, Is.EqualTo(stage == CleansUp ? 0 : Interrupted), $"{when}:\n{demo.Output}");
        Assert.That(demo.Output, stage == CleansUp ? Does.Contain("clean-up") : Does.EndWith("Nothing of the demo is left."), when);
        Assert.That(DemoRun.Traces(_name), Is.Empty, when);
    }

    async Task CompleteAsync(bool leftovers, CancellationToken cancellationToken)
    {
        using var demo = DemoRun.Start(_name);
        Assert.That(await demo.EndsAsync(cancellationToken), Is.Zero, demo.Output);
        Assert.That(demo.Output.Contains("An earlier demo was interrupted", StringComparison.Ordinal), Is.EqualTo(leftovers), demo.Output);
        Assert.That(demo.Output, Does.Contain("message:  hello from cloud-init").And.Contains("All took "));
        Assert.That(DemoRun.Traces(_name), Is.Empty);
    }
}
