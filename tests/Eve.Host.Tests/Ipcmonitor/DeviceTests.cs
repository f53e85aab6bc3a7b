using System.Diagnostics;
using Eve.Platform;
using Eve.Tests.WholeDevice;
using Eve.Topics;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Eve.Tests.Ipcmonitor;

/// <summary>ipcmonitor and devices of ours: the bus with its sockets in this process, and a zedbox.</summary>
[CancelAfter(60_000)]
public class DeviceTests
{
    string _root = "";

    [SetUp]
    public void MakeRoot() => _root = Directory.CreateTempSubdirectory("eve-ipc-").FullName;

    [TearDown]
    public void RemoveRoot() => Directory.Delete(_root, recursive: true);

    static ServiceProvider Device(string root) => new ServiceCollection().AddEve(new() { Root = root }).BuildServiceProvider();

    [Test]
    public async Task Our_own_publications_are_listed_followed_and_shown_from_disk_when_the_device_has_ended()
    {
        await using (var device = Device(_root))
        {
            var bus = device.GetRequiredService<IBus>();
            var vaults = bus.Publish(VaultmgrTopics.VaultStatus);
            var onboarding = bus.Publish(ZedclientTopics.OnboardingStatus);
            vaults.Publish("a", new VaultStatus("a"));
            onboarding.Replace([new OnboardingStatus(HardwareModel: "box")]);

            var (code, output, errors) = await MonitorRun.ToEndAsync(_root, "--list", "--json");
            Assert.That((code, errors), Is.EqualTo((0, "")));
            Assert.That(output, Does.Contain("""
                "keys":1,"bytes":
                """.Trim()).And.Contain("""
                "persistent":false,"restarted":0,"from":"/run/vaultmgr/VaultStatus.sock"
                """.Trim()).And.Contain("""
                "persistent":true,"restarted":1,"from":"/run/zedclient/OnboardingStatus.sock"
                """.Trim()));

            await using var run = new MonitorRun(_root, null, "-t", "VaultStatus");
            await run.PrintedAsync("restarted 0: its set is not complete\nvaultmgr/VaultStatus complete: 1 key\n");
            vaults.Publish("a", new VaultStatus("a", Error: "no key"));
            await run.PrintedAsync("~ a\n    Error: \"\" -> \"no key\"\n");
            vaults.Replace([]);
            await run.PrintedAsync("- a\nvaultmgr/VaultStatus restarted 1\n");
            Assert.That(await run.StopAsync(), Is.Zero);
        }

        var ended = await MonitorRun.ToEndAsync(_root, "--once", "-f", "go");
        Assert.That(ended.Output, Does.Contain("(persistent) from /persist/status/zedclient/OnboardingStatus\n").And.Contain("\"HardwareModel\":\"box\"").And.Contain("restarted 1"));
    }

    [Test]
    public async Task A_large_field_of_ours_is_shown_and_other_subscribers_get_it_too()
    {
        var text = new Bytes(new byte[100_000]);
        await using var device = Device(_root);
        await using var reader = new ServiceCollection().AddEve(new() { Root = _root, PartOfDevice = true }).BuildServiceProvider();
        var store = device.GetRequiredService<IBus>().Publish(ZedagentTopics.DatastoreConfig);
        store.Replace([new DatastoreConfig(CipherData: text)]);

        var (code, output, _) = await MonitorRun.ToEndAsync(_root, "-t", "DatastoreConfig", "--once", "-f", "go");
        Assert.That(code, Is.Zero);
        Assert.That(output, Does.Contain($"\"pubsub-large-CipherData\":\"{Convert.ToBase64String(new byte[100_000])}\""));
        await foreach (var change in reader.GetRequiredService<IBus>().FollowAsync(ZedagentTopics.DatastoreConfig))
        {
            Assert.That(change.New!.CipherData, Is.EqualTo(text));
            break;
        }
    }

    [Test]
    public async Task A_root_of_150_characters_works()
    {
        var root = Path.Combine(_root, new string('r', 150));
        await using var device = Device(root);
        device.GetRequiredService<IBus>().Publish(VaultmgrTopics.VaultStatus).Replace([]);
        var (code, output, errors) = await MonitorRun.ToEndAsync(root, "--list");
        Assert.That((code, errors), Is.EqualTo((0, "")));
        Assert.That(output, Does.Contain("vaultmgr/VaultStatus     0      0  no                  1  /run/vaultmgr/VaultStatus.sock"));
    }

    [Test]
    [Category("system")]
    public async Task The_link_waits_for_a_zedbox_to_come_and_lists_it(CancellationToken cancellationToken)
    {
        var link = Path.Combine(_root, "ipcmonitor");
        File.CreateSymbolicLink(link, DeviceLab.Zedbox);
        var root = Directory.CreateDirectory(Path.Combine(_root, "device")).FullName;
        using var waiting = Start(link, "--root", root, "-a", "nodeagent", "-t", "NodeAgentStatus", "--wait", "DeviceReboot == false && Name == nodeagent", "--timeout", "50", "--json");
        using var zedbox = Start(DeviceLab.Zedbox, "--root", root);
        var log = zedbox.StandardOutput.ReadToEndAsync(cancellationToken);
        try
        {
            var value = await waiting.StandardOutput.ReadToEndAsync(cancellationToken);
            await waiting.WaitForExitAsync(cancellationToken);
            Assert.That(waiting.ExitCode, Is.Zero);
            Assert.That(value, Does.Contain("\"topic\":\"nodeagent/NodeAgentStatus\",\"event\":\"update\",\"key\":\"nodeagent\",\"value\":{"));

            using var list = Start(DeviceLab.Zedbox, "ipcmonitor", "--root", root, "--match", "^nodeagent/");
            var table = await list.StandardOutput.ReadToEndAsync(cancellationToken);
            await list.WaitForExitAsync(cancellationToken);
            Assert.That(list.ExitCode, Is.Zero);
            Assert.That(table, Does.Contain("nodeagent/NodeAgentStatus     1").And.Not.Contain("\e["));
        }
        finally
        {
            // In order: a killed one leaves its `ip monitor` behind until something happens to the machine's links.
            Libc.Kill(zedbox.Id, Libc.SigTerm);
            await log;
            await zedbox.WaitForExitAsync(CancellationToken.None);
        }
    }

    static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
}
