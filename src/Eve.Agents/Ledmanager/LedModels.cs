using System.IO.Enumeration;

namespace Eve.Agents.Ledmanager;

/// <summary>Which light a hardware model has (device-agents.md 4.1).</summary>
/// <param name="Leds">Names under /sys/class/leds, or absolute paths; the first that works is used. None: the model has no light of ours.</param>
/// <param name="Gpio">The line that must be exported first.</param>
/// <param name="AppGreen">The light that shows how the apps are, and its red half.</param>
internal sealed record LedModel(ValueList<string> Leds = default, int? Gpio = null, string AppGreen = "", string AppRed = "");

/// <summary>The table of models.</summary>
internal static class LedModels
{
    static readonly LedModel None = new();
    static readonly LedModel Dell = new(["/sys/class/gpio/gpio346/value"], Gpio: 346);
    static readonly LedModel Hikey = new(["wifi_active"]);

    // The first row with a name that fits the whole model counts; a '*' is anything.
    static readonly (string[] Names, LedModel Model)[] Table =
    [
        ([
            "Supermicro.SYS-E100-9APP", "Supermicro.SYS-E100-9S", "Supermicro.SYS-E50-9AP", "Supermicro.Super Server", "Supermicro.SYS-E300-8D",
            "Supermicro.SYS-E300-9A-4CN10P", "Supermicro.SYS-5018D-FN8T", "QEMU.*", "Red Hat.KVM", "Parallels.*", "Google.*", "VMware.*",
        ], None),
        (["PC Engines.apu2"], new(["apu2:green:led3"])),
        (["Dell Inc..Edge Gateway 3001", "Dell Inc..Edge Gateway 3002", "Dell Inc..Edge Gateway 3003"], Dell),
        (["SIEMENS AG.SIMATIC IPC127E"], new(["ipc127:green:1"], AppGreen: "ipc127:green:3", AppRed: "ipc127:red:3")),
        (["hisilicon,hi6220-hikey.hisilicon,hi6220.", "hisilicon,hikey.hisilicon,hi6220.", "LeMaker.HiKey-6220"], Hikey),
        (["raspberrypi,4-model-b.brcm,bcm2711", "raspberrypi.rpi.raspberrypi,4-model-b.brcm,bcm2711", "RaspberryPi.RPi4"], new(["ACT", "led0"])),
        ([
            "raspberrypi,4-compute-module.brcm,bcm2711", "raspberrypi.rpi.raspberrypi,4-compute-module.brcm,bcm2711",
            "raspberrypi,4-compute-module.brcm,bcm2712", "raspberrypi.rpi.raspberrypi,4-compute-module.brcm,bcm2712",
            "raspberrypi,5-*.brcm,bcm2711", "raspberrypi.rpi.raspberrypi,5-*.brcm,bcm2711",
            "raspberrypi,5-*.brcm,bcm2712", "raspberrypi.rpi.raspberrypi,5-*.brcm,bcm2712",
        ], new(["ACT"])),
        (["raspberrypi.uno-220*"], new(["uno"])),
        (["rockchip,evb_rk3399.NexCore,Q116"], new(["eve"])),
        (["AAEON.UP-APL01"], new(["upboard:blue:"])),
        (["Axiomtek.EM320"], new(["blue:status-0"])),
        (["advantech,imx8mp_rsb3720a1.*"], new(["user"])),
        (["phytec,imx8mp-phyboard-pollux-rdk.*"], new(["led3"])),
    ];

    public static LedModel Of(string hardwareModel) =>
        Table.FirstOrDefault(row => row.Names.Any(name => FileSystemName.MatchesSimpleExpression(name, hardwareModel, ignoreCase: false))).Model ?? None;
}
