using System.Net;
using System.Threading.Channels;
using Eve.Agents.Nim;
using Eve.Topics;

namespace Eve.Tests.Nim;

/// <summary>Ports, links and leases for tests of nim.</summary>
internal static class NimSamples
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static NetworkLink Link(string name, int index = 2, bool carrier = true) => new(index, name, $"02:00:00:00:00:{index:x2}", 1500, true, carrier);

    public static NetworkFacts Facts(params string[] links) => new([.. links.Select((name, i) => Link(name, i + 2))]);

    public static Lease Lease(string link, string address = "10.1.0.63", string router = "10.1.0.1") => new(
        link, true, IPAddress.Parse(address), 24, [new LeaseRoute(IPNetwork.Parse("0.0.0.0/0"), IPAddress.Parse(router))], [router], "lab.test", ["10.1.0.2"]);

    public static NetworkPortConfig Port(string name, byte cost = 0, DhcpType dhcp = DhcpType.Client) =>
        new(IfName: name, Phylabel: name, Logicallabel: name, IsMgmt: true, IsL3Port: true, Dhcp: dhcp, Cost: cost, Type: NetworkType.Ipv4);

    public static NetworkPortConfig StaticPort(string name) =>
        Port(name, dhcp: DhcpType.Static) with { AddrSubnet = "10.1.0.9/24", Gateway = "10.1.0.1", DNSServers = ["10.1.0.1"] };

    public static DevicePortConfig Config(string key, int minute, params NetworkPortConfig[] ports) =>
        new(DevicePortConfigVersion.IsMgmt, key, minute == 0 ? GoTime.FromUnix(0) : Noon.AddMinutes(minute), Ports: [.. ports]);
}

/// <summary>A network that a test makes: applied settings become addresses once the leases are there.</summary>
internal sealed class FakeNetwork : INetwork
{
    readonly Channel<bool> _rings = Channel.CreateUnbounded<bool>();
    readonly Lock _gate = new();
    NetworkFacts _facts = new();
    bool _seen;

    public string? Refusal { get; init; }
    public List<NetworkSettings> Applied { get; } = [];
    public int Ended { get; private set; }

    public NetworkFacts Facts
    {
        get
        {
            lock (_gate)
                return _facts;
        }
        set
        {
            lock (_gate)
                (_facts, _seen) = (value, false);
            _rings.Writer.TryWrite(true);
        }
    }

    public IAsyncEnumerable<bool> WatchAsync(CancellationToken cancellationToken) => _rings.Reader.ReadAllAsync(cancellationToken);

    /// <summary>nim has read what was set last.</summary>
    public bool Seen
    {
        get
        {
            lock (_gate)
                return _seen;
        }
    }

    public Task<NetworkFacts> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _seen = true;
            return Task.FromResult(_facts);
        }
    }

    public Task<ValueList<NetworkFailure>> ApplyAsync(NetworkSettings settings, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Applied.Count == 0 || Applied[^1] != settings)
                Applied.Add(settings);
            _facts = _facts with { Addresses = [.. settings.Ports.SelectMany(p => p.Addresses.Select(a => new NetworkAddress(p.Link, a.Address, a.PrefixLength)))] };
        }
        return Task.FromResult(default(ValueList<NetworkFailure>));
    }

    public Task EndAsync()
    {
        Ended++;
        return Task.CompletedTask;
    }
}

/// <summary>A controller that is reached or not, as the test says.</summary>
internal sealed class FakeConnectivity : IConnectivityTest
{
    readonly List<string> _tested = [];

    public volatile Func<string, PortReach> Reach = _ => PortReach.Controller;

    public int Tests
    {
        get
        {
            lock (_tested)
                return _tested.Count;
        }
    }

    public Task<ValueList<PortTest>> TestAsync(ValueList<NetworkPortStatus> ports, TimeSpan patience, CancellationToken cancellationToken)
    {
        lock (_tested)
            _tested.AddRange(ports.Select(p => p.IfName));
        ValueList<PortTest> tests =
            [.. ports.Select(p => new PortTest(p.IfName, Reach(p.IfName), Reach(p.IfName) == PortReach.Controller ? "" : $"{p.IfName}: nobody answers"))];
        return Task.FromResult(tests);
    }
}
