using Eve.Host;
using NUnit.Framework;

namespace Eve.Tests;

public class DeviceHostTests
{
    [TestCase("baseosmgr")]
    [TestCase("identitymgr")]
    public async Task An_agent_of_EVE_that_is_not_built_yet_says_so_and_fails(string name)
    {
        var (code, text) = await RunAsync(name);

        Assert.That(code, Is.EqualTo(1));
        Assert.That(text, Is.EqualTo($"{name} is not built yet.\n"));
    }

    [Test]
    public async Task A_name_that_is_no_agents_is_refused_with_those_that_are()
    {
        var (code, text) = await RunAsync("frobnicate");

        Assert.That(code, Is.EqualTo(1));
        Assert.That(text, Does.StartWith("zedbox has no agent 'frobnicate'; there are: ").And.Contain("verifier"));
    }

    [Test]
    public async Task Nothing_runs_when_one_of_several_is_not_there()
    {
        var root = Path.Combine(Path.GetTempPath(), $"eve-none-{Guid.NewGuid()}");

        var (code, _) = await RunAsync(["nodeagent", "frobnicate"], root);

        Assert.That(code, Is.EqualTo(1));
        Assert.That(root, Does.Not.Exist);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task An_agent_without_zedagent_runs_with_the_default_items_and_says_so(CancellationToken cancellationToken)
    {
        var root = Directory.CreateTempSubdirectory("eve-alone-").FullName;
        try
        {
            var run = Directory.CreateDirectory(Path.Combine(root, "run")).FullName;
            using var reports = new FileSystemWatcher(run, "diag.out") { EnableRaisingEvents = true };
            var reported = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            reports.Created += (_, _) => reported.TrySetResult();
            reports.Renamed += (_, _) => reported.TrySetResult();
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await using var output = new StringWriter();

            var host = new DeviceHost(new([AgentNames.Diag, AgentNames.Nodeagent], new DeviceOptions { Root = root }, []), TextWriter.Synchronized(output)).RunAsync(stop.Token);
            await reported.Task.WaitAsync(cancellationToken);
            await stop.CancelAsync();

            Assert.That(await host, Is.Zero);
            Assert.That(output.ToString(), Does.Contain("zedagent does not run in this process: all configuration items have their defaults"));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Test]
    public async Task What_ends_by_itself_ends_without_zedagent_too()
    {
        var root = Directory.CreateTempSubdirectory("eve-alone-").FullName;
        try
        {
            await using var output = new StringWriter();
            var code = await new DeviceHost(new([AgentNames.Tpmmgr], new DeviceOptions { Root = root }, ["createSoftDeviceCert"]), TextWriter.Synchronized(output)).RunAsync(CancellationToken.None);
            Assert.That(code, Is.Zero);
            Assert.That(Path.Combine(root, "config", "device.cert.pem"), Does.Exist, output.ToString());
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    static Task<(int Code, string Text)> RunAsync(string name) => RunAsync([name], "/nonexistent");

    static async Task<(int Code, string Text)> RunAsync(string[] names, string root)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        var code = await new DeviceHost(new(names, new DeviceOptions { Root = root }, []), output).RunAsync(CancellationToken.None);
        return (code, output.ToString());
    }
}
