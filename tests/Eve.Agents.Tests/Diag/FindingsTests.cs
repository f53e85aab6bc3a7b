using Eve.Agents.Diag;
using Eve.Topics;
using NUnit.Framework;

namespace Eve.Tests.Diag;

public class FindingsTests
{
    static readonly DateTimeOffset s_now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly NetworkPortStatus s_eth0 = new(
        "eth0", Logicallabel: "uplink", MacAddr: MacAddress.Parse("02:16:3e:00:00:01"), IsMgmt: true, IsL3Port: true, Up: true, DNSServers: ["10.0.0.1"], DefaultRouters: ["10.0.0.1"],
        AddrInfoList: [new AddrInfo("10.0.0.2"), new AddrInfo("fe80::1")], LastSucceeded: s_now);

    static readonly DiagFacts s_good = new()
    {
        Led = LedBlinkCount.Onboarded,
        Onboarding = new(Guid.Parse("0d5b1b55-5c8d-4f8e-9f0e-3f1f4a9c7a11"), "Acme.Box"),
        Zedagent = new("zedagent", ConfigGetStatus.Success, DeviceState: DeviceState.Online),
        Nodeagent = new("nodeagent", RebootReason: "reboot command", BootReason: BootReason.RebootCmd, RestartCounter: 3),
        Network = new("zedagent", State: DPCState.Success, Ports: [s_eth0]),
        PortConfigs = new(0, [new DevicePortConfig(Key: "zedagent"), new DevicePortConfig(Key: "lastresort")]),
        Volumes = new("volumemgr", true, 1000),
        Vaults = [new VaultStatus("Application Data Store", DataSecAtRestStatus.Enabled, ConversionComplete: true, UnlockMethod: VaultUnlockMethod.TpmLocalSealed)],
    };

    static List<Finding> Of(DiagFacts facts) => [.. Findings.Of(facts)];
    static Finding Worst(DiagFacts facts, string about) => Of(facts).Where(f => f.About == about).MaxBy(f => f.Grade)!;

    [Test]
    public void A_device_that_is_well_has_nothing_to_complain_of()
    {
        Assert.That(Of(s_good).Where(f => f.Grade > Grade.Pass), Is.Empty);
        Assert.That(ReportText.Of(new Report(s_now, ["Network"], Findings.Of(s_good))), Is.EqualTo(
            """
            INFO: 2026-05-01 12:00:00 UTC, after a change of Network
            INFO: summary: The device is onboarded and connected to its controller.
            INFO: device: The device is 0d5b1b55-5c8d-4f8e-9f0e-3f1f4a9c7a11, a Acme.Box.
            INFO: device: Its state is Online.
            PASS: controller: The configuration comes from the controller.
            INFO: device: This is its start number 4: reboot command (RebootCmd).
            INFO: storage: 1000 bytes are left for applications.
            PASS: vault: Application Data Store: it is encrypted and open.
            INFO: network: Port configuration 0 (zedagent) is used; 1 more are kept in reserve.
            INFO: port: uplink (eth0): 02:16:3e:00:00:01, link up, for the controller, cost 0, 10.0.0.2.
            PASS: network: All ports for the controller (1) reach it.

            """));
    }

    [Test]
    public void Every_fault_has_its_reason_and_its_remedy()
    {
        var cases = Enum.GetValues<LedBlinkCount>().Select(l => s_good with { Led = l })
            .Concat(Enum.GetValues<DPCState>().Select(s => s_good with { Network = s_good.Network! with { State = s } }))
            .Concat(Enum.GetValues<MaintenanceModeReason>().Select(r => s_good with { Zedagent = s_good.Zedagent! with { MaintenanceModeReasons = [r] } }))
            .Concat(Enum.GetValues<ConfigGetStatus>().Select(c => s_good with { Zedagent = s_good.Zedagent! with { ConfigGetStatus = c } }))
            .Concat(Enum.GetValues<BootReason>().Select(b => s_good with { Nodeagent = s_good.Nodeagent! with { BootReason = b } }))
            .Concat(Ports().Select(p => s_good with { Network = s_good.Network! with { Ports = [p] } }))
            .Append(new DiagFacts());
        Assert.That(cases.SelectMany(Of).Where(f => f.Grade > Grade.Pass && (f.Reason.Length == 0 || f.Remedy.Length == 0)), Is.Empty);
    }

    static IEnumerable<NetworkPortStatus> Ports() =>
    [
        s_eth0 with { Up = false }, s_eth0 with { AddrInfoList = [] }, s_eth0 with { InvalidConfig = true }, s_eth0 with { DNSServers = [], DefaultRouters = [] },
        s_eth0 with { LastFailed = s_now.AddSeconds(1), LastError = "no route" }, s_eth0 with { IsMgmt = false, Up = false },
    ];

    [Test]
    public void A_port_s_fault_weighs_more_where_the_controller_is_reached_by_it()
    {
        Finding Port(NetworkPortStatus port) => Worst(s_good with { Network = s_good.Network! with { Ports = [port] } }, "port");
        Assert.That(Port(s_eth0 with { Up = false }), Has.Property("Grade").EqualTo(Grade.Error).And.Property("Text").EqualTo("uplink (eth0) has no link."));
        Assert.That(Port(s_eth0 with { Up = false, IsMgmt = false }).Grade, Is.EqualTo(Grade.Warning));
        Assert.That(Port(s_eth0 with { LastFailed = s_now.AddSeconds(1), LastError = "no route to host" }).Reason, Is.EqualTo("no route to host"));
    }

    [Test]
    public void A_port_configuration_that_is_skipped_says_why()
    {
        var facts = s_good with { PortConfigs = new(1, [new DevicePortConfig(Key: "zedagent", LastError: "eth7 is not there"), new DevicePortConfig(Key: "lastresort")]) };
        Assert.That(Worst(facts, "network"), Is.EqualTo(new Finding(
            Grade.Warning, "network", "Port configuration 0 (zedagent) is not used.", "eth7 is not there", "Mend it at the controller; it is tried again now and then.")));
        Assert.That(Worst(facts with { PortConfigs = new(-1, facts.PortConfigs!.PortConfigList) }, "network").Text, Does.Contain("None of the 2"));
    }

    [Test]
    public void Apps_and_downloads_tell_their_errors()
    {
        var app = new AppInstanceStatus(new(Guid.NewGuid()), "demo", State: SwState.Downloading);
        var download = new DownloaderStatus(new string('a', 64), Name: "one.img", RefCount: 1, Progress: 40, TotalSize: 1000, RetryCount: 2);
        var facts = s_good with
        {
            Summary = new(TotalError: 1),
            Apps = [app.With(new ErrorDescription("no image", s_now, ErrorSeverity.Error))],
            Downloads = [download.With(new ErrorDescription("one.img: 404", s_now, ErrorSeverity.Notice, "Retrying; attempt 3")), download with { RefCount = 0 }],
        };
        Assert.That(Worst(facts, "app"), Has.Property("Grade").EqualTo(Grade.Error).And.Property("Reason").EqualTo("no image"));
        Assert.That(Of(facts).Single(f => f.About == "download"), Has.Property("Grade").EqualTo(Grade.Warning)
            .And.Property("Text").EqualTo("one.img (aaaaaaaaaaaa): 40 % of 1000 bytes, tried again 2 times.").And.Property("Remedy").StartsWith("Retrying; attempt 3 Check the datastore"));
        Assert.That(Worst(facts, "apps").Grade, Is.EqualTo(Grade.Error));
    }

    [Test]
    public void What_comes_from_elsewhere_stays_on_its_line_and_commands_no_terminal() =>
        Assert.That(ReportText.Of(new Report(s_now, [], [new(Grade.Error, "app", "a\r\nb\u001b[2J", "x\ny", "z")])), Does.Contain("ERROR: app: a b?[2J\n    reason: x y\n    remedy: z\n"));
}
