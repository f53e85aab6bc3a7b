using Eve.Host;
using Eve.Host.Ipcmonitor;
using NUnit.Framework;

namespace Eve.Tests.Ipcmonitor;

public class MonitorCommandTests
{
    [TestCase(new string[0], "List")]
    [TestCase(new[] { "-a", "nim" }, "List")]
    [TestCase(new[] { "-a", "nim", "-t", "DeviceNetworkStatus" }, "Follow")]
    [TestCase(new[] { "-k", "global" }, "Follow")]
    [TestCase(new[] { "--keys", "." }, "Follow")]
    [TestCase(new[] { "--follow" }, "Follow")]
    [TestCase(new[] { "-t", "DeviceNetworkStatus", "--once" }, "Once")]
    [TestCase(new[] { "-t", "DeviceNetworkStatus", "--list" }, "List")]
    [TestCase(new[] { "--wait", "State == 1" }, "Wait")]
    public async Task Options_say_what_it_does(string[] arguments, string mode)
    {
        foreach (var (program, before) in new[] { ("/opt/eve/ipcmonitor", Array.Empty<string>()), ("zedbox", ["ipcmonitor"]) })
        {
            var (code, line) = await ParseAsync(program, [.. before, .. arguments, "--root", "/srv/one"]);
            Assert.That(code, Is.Zero);
            Assert.That((line!.Monitor!.Mode.ToString(), line.Options.Root), Is.EqualTo((mode, "/srv/one")));
        }
    }

    [Test]
    public async Task Names_are_whole_and_expressions_are_found()
    {
        var (_, line) = await ParseAsync("ipcmonitor", "-a", "zedagent", "-s", "private", "-t", "ConfigReceipt", "--match", "Con.*pt$", "-k", "a", "--keys", "^a");
        var request = line!.Monitor!;
        Assert.That(request.Wants(new("zedagent", "private", "ConfigReceipt")), Is.True);
        Assert.That(request.Wants(new("zedagent", "", "ConfigReceipt")), Is.False);
        Assert.That((request with { Scope = null }).Wants(new("zedagent", "", "ConfigReceipt")), Is.True);
        Assert.That((request with { Topic = null }).Wants(new("zedagent", "private", "ConfigVerdict")), Is.False);
        Assert.That((request.WantsKey("a"), request.WantsKey("ab")), Is.EqualTo((true, false)));
        Assert.That((request with { Key = null }).WantsKey("ab"), Is.True);
    }

    [TestCase("--topic", "a/b")]
    [TestCase("--topic", "a b")]
    [TestCase("--agent", "..")]
    [TestCase("--scope", "")]
    [TestCase("--match", "(")]
    [TestCase("--keys", "[")]
    [TestCase("--wait", "State =")]
    [TestCase("--timeout", "0")]
    [TestCase("--timeout", "soon")]
    [TestCase("--timeout", "NaN")]
    [TestCase("--timeout", "1e9")]
    [TestCase("-f", "xml")]
    [TestCase("--frobnicate")]
    [TestCase("frobnicate")]
    [TestCase("--list", "--once")]
    public async Task What_it_does_not_know_is_refused(params string[] arguments)
    {
        var (code, line) = await ParseAsync("ipcmonitor", arguments);
        Assert.That((code, line), Is.EqualTo((1, (CommandLine?)null)));
    }

    [Test]
    public async Task A_name_that_no_request_has_room_for_is_refused() => Assert.That((await ParseAsync("ipcmonitor", "-t", new string('T', 241))).Code, Is.EqualTo(1));

    static async Task<(int Code, CommandLine? Line)> ParseAsync(string program, params string[] arguments)
    {
        CommandLine? line = null;
        var code = await CommandLine.InvokeAsync(program, arguments, given =>
        {
            line = given;
            return Task.FromResult(0);
        });
        return (code, line);
    }
}
