using System.Net;
using Eve.Agents.Shared;
using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests.Shared.Controller;

public class ManagementPortsTests
{
    static readonly GoTime s_early = GoTime.FromUnix(1000), s_late = GoTime.FromUnix(2000);

    static NetworkPortStatus Port(string name, byte cost = 0, params string[] addresses) =>
        new(name, Logicallabel: "the " + name, IsMgmt: true, IsL3Port: true, Cost: cost, AddrInfoList: [.. addresses.DefaultIfEmpty("10.0.0.1").Select(a => new AddrInfo(a))]);

    static string Order(int iteration, params NetworkPortStatus[] ports) =>
        string.Join(' ', ManagementPorts.Of(new DeviceNetworkStatus(Ports: [.. ports]), iteration).Select(p => p.IfName));

    [Test]
    public void Cheaper_ports_come_first_and_equal_ones_take_turns()
    {
        NetworkPortStatus[] ports = [Port("lte", 10), Port("eth0"), Port("eth1"), Port("wlan", 5)];

        Assert.That(Order(0, ports), Is.EqualTo("eth0 eth1 wlan lte"));
        Assert.That(Order(1, ports), Is.EqualTo("eth1 eth0 wlan lte"));
        Assert.That(Order(2, ports), Is.EqualTo("eth0 eth1 wlan lte"));
        Assert.That(Order(-1, ports), Does.EndWith("wlan lte"));
    }

    [Test]
    public void A_port_that_failed_last_goes_last_whatever_it_costs()
    {
        var failed = Port("eth0") with { LastFailed = s_late, LastSucceeded = s_early };
        var healed = Port("eth1") with { LastFailed = s_early, LastSucceeded = s_late };

        Assert.That(Order(0, failed, healed, Port("lte", 10)), Is.EqualTo("eth1 lte eth0"));
    }

    [Test]
    public void Only_usable_management_ports_count()
    {
        Assert.That(Order(0, Port("app") with { IsMgmt = false }, Port("l2") with { IsL3Port = false }, Port("bad") with { InvalidConfig = true }), Is.Empty);
        Assert.That(Order(0, Port("local", 0, "169.254.1.1", "fe80::1"), Port("none") with { AddrInfoList = [] }), Is.Empty);
        Assert.That(ManagementPorts.Of(null).Count, Is.Zero);
    }

    [Test]
    public void A_port_carries_its_usable_addresses_and_name_servers()
    {
        var port = ManagementPorts.From(Port("eth0", 3, "fe80::1", "10.0.0.1", "2001:db8::1", "nonsense") with { DNSServers = ["10.0.0.53", ""] });

        Assert.That(port, Is.EqualTo(new ManagementPort(
            "eth0", "the eth0", 3, [IPAddress.Parse("10.0.0.1"), IPAddress.Parse("2001:db8::1")], [IPAddress.Parse("10.0.0.53")])));
    }
}

public class BackOffTests
{
    static readonly TimeSpan s_second = TimeSpan.FromSeconds(1), s_longest = TimeSpan.FromSeconds(600);

    [TestCase(1, 1, 1)]
    [TestCase(1, 0, 0.5)]
    [TestCase(4, 1, 8)]
    [TestCase(10, 1, 512)]
    [TestCase(11, 1, 600)]
    [TestCase(1000, 0, 300)]
    public void Pauses_double_up_to_the_longest(int failures, double random, double seconds) =>
        Assert.That(BackOff.Pause(failures, s_second, s_longest, random).TotalSeconds, Is.EqualTo(seconds));

    [Test]
    public void Ticks_spread_within_their_period() =>
        Assert.That(BackOff.Within(s_longest, 0.3, 1.0, 0.5).TotalSeconds, Is.EqualTo(390).Within(0.001));
}

public class ConnectionMetricsTests
{
    static readonly DateTimeOffset s_now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    static ControllerAnswer Answer(params ControllerAttempt[] attempts) => new() { Attempts = [.. attempts] };

    [Test]
    public void Attempts_are_counted_by_port_and_url()
    {
        var good = new ControllerAttempt("eth0", "", "url", SenderStatus.None, 200, "", 10, 20, TimeSpan.FromMilliseconds(7));
        var bad = good with { IfName = "lte", Status = SenderStatus.Refused, HttpCode = 0, ReceivedBytes = 0 };
        var forged = good with { Status = SenderStatus.SignVerifyFail };
        var counters = ConnectionMetrics.Add(ConnectionMetrics.Add(null, Answer(bad, good), s_now), Answer(good, forged), s_now.AddSeconds(1));

        Assert.That(counters.Interfaces["lte"], Is.EqualTo(new ControllerConnMetrics(
            FailureCount: 1, LastFailure: s_now, URLCounters: [new("url", new URLMetrics(TryMsgCount: 1, TryByteCount: 10))])));
        Assert.That(counters.Interfaces["eth0"], Is.EqualTo(new ControllerConnMetrics(
            1, 2, s_now.AddSeconds(1), s_now.AddSeconds(1), [new("url", new URLMetrics(1, 10, 2, 20, 3, 60, 14))], 1)));
    }
}

public class ControllerLedsTests
{
    static ControllerAnswer Code(int code) => new() { HttpCode = code, Status = HttpVerdicts.Of(code) };

    [TestCase(200, LedBlinkCount.Onboarded, LedBlinkCount.Onboarded)]
    [TestCase(201, LedBlinkCount.Onboarded, LedBlinkCount.Onboarded)]
    [TestCase(304, LedBlinkCount.ConnectedToController, LedBlinkCount.OnboardingConflict)]
    [TestCase(400, LedBlinkCount.ConnectedToController, LedBlinkCount.OnboardingFailure)]
    [TestCase(401, LedBlinkCount.ConnectedToController, LedBlinkCount.ConnectedToController)]
    [TestCase(403, LedBlinkCount.ConnectedToController, LedBlinkCount.OnboardingNotFound)]
    [TestCase(404, LedBlinkCount.ConnectedToController, LedBlinkCount.ConnectedToController)]
    [TestCase(409, LedBlinkCount.OnboardingFailure, LedBlinkCount.OnboardingConflict)]
    [TestCase(500, LedBlinkCount.ConnectedToController, LedBlinkCount.OnboardingFailure)]
    [TestCase(504, LedBlinkCount.ConnectedToController, LedBlinkCount.OnboardingFailure)]
    public void Codes_while_onboarding(int code, LedBlinkCount any, LedBlinkCount register) =>
        Assert.That((ControllerLeds.Onboarding(Code(code)), ControllerLeds.Register(Code(code))), Is.EqualTo(((LedBlinkCount?)any, (LedBlinkCount?)register)));

    [Test]
    public void Network_trouble_leaves_the_led_alone_while_onboarding()
    {
        Assert.That(ControllerLeds.Onboarding(new() { Status = SenderStatus.Refused }), Is.Null);
        Assert.That(ControllerLeds.Onboarding(new() { Status = SenderStatus.CertInvalid }), Is.Null);
        Assert.That(ControllerLeds.Onboarding(Code(503)), Is.Null);
        Assert.That(ControllerLeds.Onboarding(new() { HttpCode = 200, Status = SenderStatus.CertMiss }), Is.Null);
        Assert.That(ControllerLeds.Onboarding(new() { HttpCode = 200, Status = SenderStatus.HashSizeError }), Is.EqualTo(LedBlinkCount.InvalidAuthContainer));
    }

    [TestCase(0, SenderStatus.Failed, LedBlinkCount.ConnectingToController)]
    [TestCase(0, SenderStatus.Refused, LedBlinkCount.ConnectedToController)]
    [TestCase(0, SenderStatus.CertInvalid, LedBlinkCount.ConnectedToController)]
    [TestCase(503, SenderStatus.Upgrade, LedBlinkCount.ConnectedToController)]
    [TestCase(404, SenderStatus.NotFound, LedBlinkCount.ConnectedToController)]
    public void A_lost_controller(int code, SenderStatus status, LedBlinkCount led) =>
        Assert.That(ControllerLeds.Lost(new() { HttpCode = code, Status = status }), Is.EqualTo(led));

    [TestCase("c.example", "https://c.example/api/v2/edgedevice/ping")]
    [TestCase("c.example:8443", "https://c.example:8443/api/v2/edgedevice/ping")]
    [TestCase("http://loc.example:80/", "http://loc.example/api/v2/edgedevice/ping")]
    [TestCase("[2001:db8::1]:9000", "https://[2001:db8::1]:9000/api/v2/edgedevice/ping")]
    [TestCase("", null)]
    [TestCase("ftp://c.example", null)]
    [TestCase("two words", null)]
    public void A_server_makes_a_url_or_not(string server, string? url) =>
        Assert.That(ControllerUrls.Of(server, "ping")?.ToString(), Is.EqualTo(url));
}
