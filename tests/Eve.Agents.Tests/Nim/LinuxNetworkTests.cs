using Eve.Agents.Nim;
using Eve.Platform;
using Eve.Tests.Platform;
using Eve.Topics;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Eve.Tests.Nim;

/// <summary>A device's namespace with one uplink, a provider's with a DHCP server; nim's loop runs against both, the controller alone is the test's.</summary>
[Category("system")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LinuxNetworkTests
{
    readonly FakeConnectivity _controller = new();
    NetworkNamespace _device = null!, _provider = null!;
    IRunningCommand _dhcp = null!;
    TemporaryFolder _root = null!;

    [SetUp]
    public async Task Make()
    {
        _root = new();
        (_device, _provider) = (await NetworkNamespace.CreateAsync(), await NetworkNamespace.CreateAsync());
        await _device.RunAsync($"ip link add eth0 type veth peer name wan0 netns {_provider.Name}");
        await _provider.RunAsync("ip addr add 10.1.0.1/24 dev wan0");
        await _provider.RunAsync("ip link set wan0 up");
        _dhcp = await _provider.Commands.StartAsync("dnsmasq",
        [
            "--keep-in-foreground", "--conf-file=/dev/null", "--pid-file=", "--log-facility=-", "--bind-interfaces", "--interface=wan0", "--port=0", "--no-ping",
            "--dhcp-range=10.1.0.50,10.1.0.90,2m", $"--dhcp-leasefile={_root.Path("leases")}", "--dhcp-option=option:dns-server,10.1.0.1",
            "--dhcp-option=option:domain-name,lab.test", "--dhcp-option=option:mtu,1400",
        ]);
    }

    [TearDown]
    public async Task End()
    {
        await _dhcp.DisposeAsync();
        await _device.DisposeAsync();
        await _provider.DisposeAsync();
        _root.Dispose();
    }

    LinuxNetwork Network() =>
        new(_device.Commands, new EvePaths(_root.Root), new DeviceOptions { Root = _root.Root, ManageMachineNetwork = true }, TimeProvider.System, NullLoggerFactory.Instance);

    sealed class Life(LinuxNetworkTests test) : IAsyncDisposable
    {
        readonly Eve.Testing.TestDevice _device = new(TimeProvider.System, AgentNames.Zedagent, AgentNames.Nim);

        public Life Run()
        {
            _device.Start(AgentNames.Nim, new NimAgent(test.Network(), test._controller));
            return this;
        }

        public void Give(NetworkPortConfig port)
        {
            _device.Publish(ZedagentTopics.DevicePortConfig, "zedagent", NimSamples.Config("", 1, port));
            _device.Announce(ZedagentTopics.DevicePortConfig);
        }

        public DeviceNetworkStatus? Status => _device.Read(NimTopics.DeviceNetworkStatus, "global");

        public string Address => Status?.Ports.FirstOrDefault()?.AddrInfoList.Select(a => a.Addr).FirstOrDefault(a => !a.StartsWith("fe80", StringComparison.Ordinal)) ?? "";

        public async Task<string> AddressedAsync()
        {
            await Eventually.Async(() => Status is { State: DPCState.Success } && Address.Length > 0);
            return Address;
        }

        public ValueTask DisposeAsync() => _device.DisposeAsync();
    }

    string[] PidFiles() => Directory.GetFiles(_root.Path("run/nim/dhcpcd/run/dhcpcd"), "*.pid");

    [Test]
    public async Task A_port_gets_its_lease_with_routes_and_rules_and_follows_its_cable()
    {
        await using var life = new Life(this).Run();
        var address = await life.AddressedAsync();
        Assert.Multiple(() =>
        {
            Assert.That(life.Status!.Ports[0].DNSServers, Is.EqualTo(new[] { "10.1.0.1" }));
            Assert.That((life.Status.Ports[0].MTU, life.Status.Ports[0].DomainName), Is.EqualTo((1400, "lab.test")));
            Assert.That(File.ReadAllText(_root.Path("etc/resolv.conf")), Is.EqualTo("search lab.test\nnameserver 10.1.0.1\n"));
        });
        var link = (await new Iproute(_device.Commands, TimeProvider.System).LinksAsync(default)).Single(l => l.Name == "eth0").Index;
        Assert.That(await _device.RunAsync("ip route show table main"), Does.Contain($"default via 10.1.0.1 dev eth0 proto 69 src {address} metric 10"));
        Assert.That(await _device.RunAsync($"ip route show table {500 + link}"), Does.Contain($"default via 10.1.0.1 dev eth0 proto 69 src {address}"));
        Assert.That(await _device.RunAsync("ip rule"), Does.Contain($"15000:\tfrom {address} lookup {500 + link} proto 69"));
        Assert.That(await _device.RunAsync("cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/conf/all/ignore_routes_with_linkdown"), Is.EqualTo("1\n1\n"));
        await _device.RunAsync("ping -c 1 -W 2 10.1.0.1");

        await _provider.RunAsync("ip link set wan0 down");
        await Eventually.Async(() => life is { Address: "", Status.State: DPCState.IpDnsWait });
        Assert.That(await _device.RunAsync("ip rule"), Does.Not.Contain("15000"));
        await _provider.RunAsync("ip link set wan0 up");
        Assert.That(await life.AddressedAsync(), Is.EqualTo(address));

        life.Give(NimSamples.StaticPort("eth0"));
        await Eventually.Async(() => life is { Address: "10.1.0.9", Status: { State: DPCState.Success, DPCKey: "zedagent" } });
        Assert.That(await _device.RunAsync("ip -o -4 addr show eth0"), Does.Not.Contain(address));
        Assert.That(await _device.RunAsync("ip rule"), Does.Contain("from 10.1.0.9 lookup").And.Not.Contain(address));
        Assert.That(PidFiles(), Is.Empty);
        await _device.RunAsync("ping -c 1 -W 2 10.1.0.1");
    }

    [Test]
    public async Task The_address_stays_over_a_restart_and_over_a_kill_and_nothing_is_left_running()
    {
        string address;
        await using (var first = new Life(this).Run())
            address = await first.AddressedAsync();
        Assert.That(PidFiles(), Is.Empty);
        Assert.That(await _device.RunAsync("ip -o -4 addr show eth0"), Does.Contain(address));

        await using (var second = new Life(this).Run())
        {
            Assert.That(await second.AddressedAsync(), Is.EqualTo(address));
            Assert.That(second.Status!.Ports[0].DNSServers, Is.EqualTo(new[] { "10.1.0.1" }));
            var helper = Helpers().First();
            Libc.Kill(int.Parse(Path.GetFileName(Numbered().Single(p => PidNamespace(p) == PidNamespace(helper) && IsFirst(p)))), Libc.SigKill);
            await Eventually.Async(() => Helpers().Count == 0);
        }
        Assert.That(Helpers(), Is.Empty);

        await using var third = new Life(this).Run();
        Assert.That(await third.AddressedAsync(), Is.EqualTo(address));
    }

    [Test]
    public async Task A_client_that_a_device_had_only_just_started_when_it_was_killed_is_ended_and_another_gets_the_address([Values] bool speaksAlready)
    {
        var folder = new DhcpcdFolder(new EvePaths(_root.Root), TimeProvider.System);
        folder.Make();
        await _device.RunAsync("ip link set eth0 up");
        var command = folder.Command("eth0-4", ["-B", "-4", "eth0"]);
        await using var earlier = await _device.Commands.StartAsync(command[0], [.. command.Skip(1)]);
        if (speaksAlready)
            await Eventually.Async(() => folder.Record("eth0") is not null);

        await using var life = new Life(this).Run();
        await life.AddressedAsync();
        await earlier.Exited;
        Assert.That(Helpers().Select(PidNamespace).Distinct().Count(), Is.EqualTo(1));
    }

    // What still runs of this device's clients: their mount namespaces show its folder.
    List<string> Helpers() => [.. Numbered().Where(Shows)];

    static IEnumerable<string> Numbered() => Directory.GetDirectories("/proc").Where(p => int.TryParse(Path.GetFileName(p), out _));

    static string? PidNamespace(string process) => new FileInfo(process + "/ns/pid").LinkTarget;

    // The client itself sees nothing but a folder of its own, its helpers see the namespace: it is the first process there.
    static bool IsFirst(string process) => File.ReadLines(process + "/status").Any(l => l.StartsWith("NSpid:", StringComparison.Ordinal) && l.EndsWith("\t1", StringComparison.Ordinal));

    bool Shows(string process)
    {
        try
        {
            return File.ReadAllText(process + "/comm").Trim() == "dhcpcd" && File.ReadAllText(process + "/mountinfo").Contains(_root.Root[(_root.Root.LastIndexOf('/') + 1)..], StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
