using System.Text.RegularExpressions;

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

    // The first row that matches the whole model counts.
    static readonly (string Pattern, LedModel Model)[] Table =
    [
        (@"Supermicro\.(SYS-E100-9APP|SYS-E100-9S|SYS-E50-9AP|Super Server|SYS-E300-8D|SYS-E300-9A-4CN10P|SYS-5018D-FN8T)", None),
        (@"PC Engines\.apu2", new(["apu2:green:led3"])),
        (@"Dell Inc\.\.Edge Gateway 300[123]", Dell),
        (@"SIEMENS AG\.SIMATIC IPC127E", new(["ipc127:green:1"], AppGreen: "ipc127:green:3", AppRed: "ipc127:red:3")),
        (@"hisilicon,hi6220-hikey\.hisilicon,hi6220\.", Hikey),
        (@"hisilicon,hikey\.hisilicon,hi6220\.", Hikey),
        (@"LeMaker\.HiKey-6220", Hikey),
        (@"QEMU\..*", None),
        (@"Red Hat\.KVM", None),
        (@"Parallels\..*", None),
        (@"Google\..*", None),
        (@"VMware\..*", None),
        (@"(raspberrypi\.rpi\.)?raspberrypi,4-model-b\.brcm,bcm2711|RaspberryPi\.RPi4", new(["ACT", "led0"])),
        (@"(raspberrypi\.rpi\.)?raspberrypi,(4-compute-module|5-.*)\.brcm,bcm271[12]", new(["ACT"])),
        (@"raspberrypi\.uno-220.*", new(["uno"])),
        (@"rockchip,evb_rk3399\.NexCore,Q116", new(["eve"])),
        (@"AAEON\.UP-APL01", new(["upboard:blue:"])),
        (@"Axiomtek\.EM320", new(["blue:status-0"])),
        (@"advantech,imx8mp_rsb3720a1\..*", new(["user"])),
        (@"phytec,imx8mp-phyboard-pollux-rdk\..*", new(["led3"])),
    ];

    public static LedModel Of(string hardwareModel) =>
        Table.FirstOrDefault(row => Regex.IsMatch(hardwareModel, $"^(?:{row.Pattern})$", RegexOptions.CultureInvariant)).Model ?? None;
}
