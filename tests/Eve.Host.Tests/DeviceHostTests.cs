using Eve.Host;
using NUnit.Framework;

namespace Eve.Tests;

public class DeviceHostTests
{
    [TestCase("baseosmgr")]
    [TestCase("identitymgr")]
    [TestCase("ipcmonitor")]
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

    static Task<(int Code, string Text)> RunAsync(string name) => RunAsync([name], "/nonexistent");

    static async Task<(int Code, string Text)> RunAsync(string[] names, string root)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        var code = await new DeviceHost(new(names, new DeviceOptions { Root = root }, []), output).RunAsync(CancellationToken.None);
        return (code, output.ToString());
    }
}
