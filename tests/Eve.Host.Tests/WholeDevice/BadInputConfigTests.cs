using System.Text.Json.Nodes;
using Eve.Demo;
using NUnit.Framework;
using static Eve.Tests.WholeDevice.BadInput;

namespace Eve.Tests.WholeDevice;

/// <summary>Objects that contradict each other or themselves, names and numbers that nobody foresaw, and a configuration that is not the controller's.</summary>
[Category("system")]
[NonParallelizable]
public class BadInputConfigTests
{
    const int Clash = 31, Stray = 32, Giant = 33, Odd = 34, FirstNamed = 40;
    const int Overlap = 51, NoPort = 52, Unknown = 53, Quoted = 54;
    const int OddVolume = 61, LongVolume = 62, OddContent = 71, BrokenContent = 72;
    const long Kibibytes = 1_000_000_000;       // of no machine

    // Each with what the device is to say of it.
    static readonly (string Name, string Reason)[] Names =
    [
        ("app/with/slashes", "a slash"), ("../../etc/cron.d/app", "a slash"), ("app..", "dots that lead to another folder"), ("app\nwith two lines", "a line break"),
        ("app \"quoted\"", "a quote"), (new string('a', 300), "more than 250 bytes"),
    ];

    [Test]
    [CancelAfter(400_000)]
    public async Task Bad_objects_are_told_each_and_harm_nothing_else_and_the_mended_configuration_works()
    {
        await using var lab = await DeviceLab.StartAsync();
        var good = await lab.StartAsync();

        await lab.ConfigureAsync(Bad());
        await lab.UntilToldAsync(
            App(Clash, "clash-app", "port map tcp 8080", "demo-app", "choose another lport"),
            App(Stray, "net0", Id('e', 99), "add it to networkInstances"),
            App(Giant, "giant-app", $"{Kibibytes * 1024}", "of the machine's", "give it less"),
            App(Odd, "virtualizationMode 55", "use one of"),
            Network(Overlap, "overlapping", "10.11.12.128/25", "10.11.12.0/24", "demo network", "change one of them"),
            Network(NoPort, "portless", "'eth7'", "name one that exists"),
            Network(Unknown, "instType 77", "use one of"),
            Network(Quoted, "network instance name", "a quote", "use letters"),
            new("vinfo", Id('b', OddVolume), "odd", "9", "1 (blank) or 2 (downloaded)"),
            new("vinfo", Id('b', LongVolume), "volume name", "(300 characters)", "use letters"),
            new("cinfo", Id('c', OddContent), "content name", "a line break", "use letters"),
            new("cinfo", Id('c', BrokenContent), "'not a digest'", "64 hex"));
        await lab.UntilToldAsync([.. Names.Select((n, i) => App(FirstNamed + i, "app name", n.Reason, "use letters"))]);
        await lab.UntilDeviceTellsAsync("odd.store.test", "datastore type 42", "no.such.item", "timer.config.interval", "soon");
        await lab.UntilDeviceTellsAsync("missing lower-layer adapter 'eth9'", "add it to deviceIoList");
        await lab.UntilDeviceTellsAsync("third-port: there is no interface eth8", "check the name");
        await lab.AssertUnmovedAsync(good);
        Assert.That(Directory.GetFileSystemEntries(lab.Root, "*etc*", SearchOption.AllDirectories).Where(f => f.Contains("cron.d", StringComparison.Ordinal)), Is.Empty);

        await lab.ConfigureAsync(Mended());
        await lab.UntilAnswersAsync(8081, "clash mended");
        await lab.UntilAnswersAsync(8082, "stray mended");
        await lab.UntilAnswersAsync(8083, "giant mended");
        await lab.UntilMendedAsync("ainfo", Names.Select((_, i) => Id('a', FirstNamed + i)).Append(Id('a', Odd)), app => State(app) is "HALTED" or "INSTALLED");
        await lab.UntilMendedAsync("niinfo", new[] { Overlap, NoPort, Unknown, Quoted }.Select(n => Id('e', n)), IsActive);
        await lab.UntilAsync("the ports are as configured", async () => (await lab.ViewAsync()).Find("dinfo") is { } device && !device.GetRawText().Contains("eth8", StringComparison.Ordinal));
        await lab.UntilMendedAsync("vinfo", new[] { OddVolume, LongVolume }.Select(n => Id('b', n)), volume => State(volume) == "CREATED_VOLUME");
        await lab.AssertUnmovedAsync(good);
    }

    [Test]
    [CancelAfter(400_000)]
    public async Task A_configuration_that_is_not_the_controllers_or_old_is_refused_and_told_and_the_next_works()
    {
        await using var lab = await DeviceLab.StartAsync();
        var good = await lab.StartAsync();

        await lab.FaultAsync(new() { ["path"] = "*/config", ["wrongKey"] = true });
        await lab.ConfigureAsync(DeviceConfig.Bare());
        await lab.UntilDeviceTellsAsync("EdgeDevConfig", "signature");
        await lab.AssertUnmovedAsync(good);

        await lab.Admin.DeleteAsync("faults", CancellationToken.None);
        await lab.FaultAsync(new() { ["path"] = "*/config", ["cutAfter"] = 200, ["times"] = 3 });
        await lab.ConfigureAsync(DeviceLab.WithApp().With("networkInstances", DeviceConfig.InstanceOf(Id('e', 55), "after the cut", 55)));
        await lab.UntilMendedAsync("niinfo", [Id('e', 55)], IsActive);
        await lab.AssertUnmovedAsync(good);

        var old = DeviceConfig.Bare();
        old["configTimestamp"] = "2020-01-01T00:00:00Z";
        await lab.ConfigureAsync(old);
        await lab.UntilDeviceTellsAsync("EdgeDevConfig", "2020-01-01", "is older than the one in force", "send a newer one");
        await lab.AssertUnmovedAsync(good);

        // Fields from the future are no fault.
        await lab.ConfigureAsync(DeviceLab.WithApp().With("networkInstances", DeviceConfig.InstanceOf(Id('e', 56), "with unknown fields", 56)));
        var known = await lab.Admin.GetBytesAsync("devices/-/config?format=pb", CancellationToken.None);
        byte[] unknown = [0xc2, 0x3e, 5, .. "hello"u8, 0xc8, 0x3e, 42];      // fields 1000 (bytes) and 1001 (a number)
        await lab.Admin.PutAsync("devices/-/config", [.. known, .. unknown], CancellationToken.None);
        await lab.UntilMendedAsync("niinfo", [Id('e', 56)], IsActive);
        await lab.AssertUnmovedAsync(good);

        await lab.ConfigureAsync(DeviceConfig.Bare());
        await lab.UntilAsync("the app is gone", async () => (await lab.ViewAsync()).IsGone);
    }

    static JsonObject Bad()
    {
        var config = DeviceLab.WithApp()
            .With("volumes", Volume(Clash), Volume(Stray), Volume(Giant), Named(Volume(LongVolume), new string('v', 300)), Origin(Volume(OddVolume), 9))
            .With("contentInfo",
                DeviceConfig.ContentOf(Id('c', OddContent), "two\nlines", DeviceLab.Image, DeviceLab.ImageDigest, 100_000_000),
                DeviceConfig.ContentOf(Id('c', BrokenContent), "broken", "../../../etc/passwd", "not a digest", 1000))
            .With("datastores", new JsonObject { ["id"] = Id('d', 1), ["dType"] = 42, ["fqdn"] = "odd.store.test" })
            .With("configItems", new JsonObject { ["key"] = "no.such.item", ["value"] = "1" }, new JsonObject { ["key"] = "timer.config.interval", ["value"] = "soon" })
            .With("networkInstances", Subnet(Instance(Overlap, "overlapping"), "10.11.12.128/25", "10.11.12"), Port(Instance(NoPort, "portless"), "eth7"),
                Type(Instance(Unknown, "odd"), 77), Instance(Quoted, "\"quoted'"))
            .With("deviceIoList", new JsonObject
            {
                ["ptype"] = "PhyIoNetEth", ["phylabel"] = "third-port", ["logicallabel"] = "third-port", ["assigngrp"] = "third-port",
                ["phyaddrs"] = new JsonObject { ["Ifname"] = "eth8" }, ["usage"] = "PhyIoUsageMgmtAndApps",
            })
            .With("systemAdapterList",
                new JsonObject { ["name"] = "second", ["networkUUID"] = DeviceConfig.Network, ["lowerLayerName"] = "eth9" },
                new JsonObject { ["name"] = "third-port", ["uplink"] = true, ["networkUUID"] = DeviceConfig.Network, ["lowerLayerName"] = "third-port" })
            .With("apps", Machine(Clash, "clash-app", DeviceConfig.Instance, 8080), Machine(Stray, "stray-app", Id('e', 99), 8082),
                Memory(Machine(Giant, "giant-app", DeviceConfig.Instance, 8083), Kibibytes), Mode(Bare(Odd, "odd-app"), 55));
        return config.With("apps", [.. Names.Select((n, i) => Bare(FirstNamed + i, n.Name))]);
    }

    static JsonObject Mended() => DeviceLab.WithApp()
        .With("volumes", Volume(Clash), Volume(Stray), Volume(Giant), Volume(LongVolume), Volume(OddVolume))
        .With("networkInstances", Instance(Overlap, "overlapping"), Instance(NoPort, "portless"), Instance(Unknown, "odd"), Instance(Quoted, "quoted"))
        .With("apps", Machine(Clash, "clash-app", DeviceConfig.Instance, 8081), Machine(Stray, "stray-app", Id('e', Overlap), 8082),
            Machine(Giant, "giant-app", DeviceConfig.Instance, 8083), Bare(Odd, "odd-app"))
        .With("apps", [.. Names.Select((_, i) => Bare(FirstNamed + i, $"app {i}"))]);

    static Complaint App(int number, params string[] words) => new("ainfo", Id('a', number), words);

    static Complaint Network(int number, params string[] words) => new("niinfo", Id('e', number), words);

    static JsonObject Machine(int number, string name, string instance, int port) =>
        DeviceConfig.AppOf(Id('a', number), name, $"message: {name[..name.IndexOf('-')]} mended\n", Id('b', number), instance, port, mebibytes: 128);

    // Nothing but a name: it is not to run.
    static JsonObject Bare(int number, string name)
    {
        var app = Machine(number, "bare-app", DeviceConfig.Instance, 9000 + number);
        (app["displayname"], app["activate"], app["volumeRefList"], app["interfaces"]) = (name, false, new JsonArray(), new JsonArray());
        return app;
    }

    static JsonObject Volume(int number) => DeviceConfig.VolumeOf(Id('b', number), number == OddVolume ? "odd" : $"volume {number}", DeviceConfig.Content);

    static JsonObject Instance(int number, string name) => DeviceConfig.InstanceOf(Id('e', number), name, number);

    static JsonObject Subnet(JsonObject instance, string subnet, string prefix)
    {
        instance["ip"] = new JsonObject
        {
            ["subnet"] = subnet, ["gateway"] = $"{prefix}.129", ["dhcpRange"] = new JsonObject { ["start"] = $"{prefix}.130", ["end"] = $"{prefix}.250" },
        };
        return instance;
    }

    static JsonObject Port(JsonObject instance, string port) => Set(instance, "port", new JsonObject { ["type"] = "PhyIoNetEth", ["name"] = port });
    static JsonObject Type(JsonObject instance, int type) => Set(instance, "instType", type);
    static JsonObject Origin(JsonObject volume, int type) => Set(volume, "origin", new JsonObject { ["type"] = type, ["downloadContentTreeID"] = DeviceConfig.Content });
    static JsonObject Named(JsonObject one, string name) => Set(one, "displayName", name);
    static JsonObject Memory(JsonObject app, long kibibytes) => Set((JsonObject)app["fixedresources"]!, "memory", kibibytes, app);
    static JsonObject Mode(JsonObject app, int mode) => Set((JsonObject)app["fixedresources"]!, "virtualizationMode", mode, app);

    static JsonObject Set(JsonObject one, string name, JsonNode value, JsonObject? whole = null)
    {
        one[name] = value;
        return whole ?? one;
    }
}
