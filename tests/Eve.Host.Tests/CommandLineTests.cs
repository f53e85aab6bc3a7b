using Eve.Host;
using NUnit.Framework;

namespace Eve.Tests;

public class CommandLineTests
{
    [Test]
    public async Task Zedbox_alone_is_the_whole_device_of_this_machine()
    {
        var line = await ParseAsync("/usr/bin/zedbox");

        Assert.That(line.Names, Is.Empty);
        Assert.That(line.Options.Root, Is.EqualTo("/"));
        Assert.That(line.Options.ManageMachineNetwork, Is.False);
    }

    [Test]
    public async Task Options_say_where_the_device_lives_and_what_it_may_touch()
    {
        var line = await ParseAsync("zedbox", "--root", "/srv/device/../one", "--manage-machine-network");

        Assert.That(line.Options.Root, Is.EqualTo("/srv/one"));
        Assert.That(line.Options.ManageMachineNetwork, Is.True);
    }

    [TestCase("--root", "/srv/one", "run", "nim", "zedrouter")]
    [TestCase("run", "nim", "zedrouter", "--root", "/srv/one")]
    public async Task Run_takes_agents_and_the_same_options(params string[] arguments)
    {
        var line = await ParseAsync("zedbox", arguments);

        Assert.That(line.Names, Is.EqualTo(new[] { "nim", "zedrouter" }));
        Assert.That(line.Options.Root, Is.EqualTo("/srv/one"));
    }

    [Test]
    public async Task A_link_runs_the_agent_that_it_is_called_like_and_hands_on_what_it_does_not_know()
    {
        var line = await ParseAsync("/opt/eve/diag", "--root", "/srv/one", "--json", "-o", "report");

        Assert.That(line.Names, Is.EqualTo(new[] { "diag" }));
        Assert.That(line.Options.Root, Is.EqualTo("/srv/one"));
        Assert.That(line.Rest, Is.EqualTo(new[] { "--json", "-o", "report" }));
    }

    [TestCase("frobnicate")]
    [TestCase("--frobnicate")]
    [TestCase("run")]
    public async Task What_zedbox_does_not_know_is_refused(string argument)
    {
        var ran = new List<CommandLine>();

        var code = await CommandLine.InvokeAsync("zedbox", [argument], line =>
        {
            ran.Add(line);
            return Task.FromResult(0);
        });

        Assert.That(code, Is.EqualTo(1));
        Assert.That(ran, Is.Empty);
    }

    [Test]
    public async Task The_exit_code_is_that_of_what_ran() =>
        Assert.That(await CommandLine.InvokeAsync("zedbox", [], _ => Task.FromResult(HostPower.RebootExitCode)), Is.EqualTo(75));

    static async Task<CommandLine> ParseAsync(string program, params string[] arguments)
    {
        CommandLine? line = null;
        var code = await CommandLine.InvokeAsync(program, arguments, given =>
        {
            line = given;
            return Task.FromResult(0);
        });
        Assert.That(code, Is.Zero);
        return line!;
    }
}
