using System.Globalization;
using Eve.Demo;

namespace Eve.Tests.WholeDevice;

/// <summary>How far a device has come, told from outside by what does not need it alive: its files, its links and its guests' processes.</summary>
public sealed class KillFacts(DeviceLab lab)
{
    const string VolumeFile = DeviceConfig.Volume + "#0.qcow2";

    public bool HasCertificate => File.Exists(In("config/device.cert.pem"));
    public bool KnowsItsUuid => File.Exists(In("persist/status/uuid"));

    /// <summary>The configuration is beside its place, and not yet in it.</summary>
    public bool ConfigIsHalfWritten => !ConfigIsWritten && File.Exists(In("persist/checkpoint/controllercerts.bak")) && Files("persist/checkpoint", "tmp*").Length > 0;
    public bool ConfigIsWritten => File.Exists(In("persist/checkpoint/lastconfig"));

    /// <summary>Bytes of the image that lie in a file which is not whole.</summary>
    public long Pending => Files("persist/vault/downloader/pending", "*.progress") is [var state] && new FileInfo(state[..^".progress".Length]) is { Exists: true } file ? file.Length : 0;
    public bool ContentIsChecked => Files("persist/vault/verifier/verifier").Length > 0;
    public bool ContentIsKept => Files("persist/vault/verifier/verified").Length > 0 || Files("persist/vault/content").Length > 0;

    public bool VolumeExists => File.Exists(In("persist/vault/volumes/" + VolumeFile));

    /// <summary>There is a record that its creation has begun, and none that it has ended.</summary>
    public bool VolumeIsHalfMade => VolumeExists && Files("persist/status/volumemgr/VolumeCreatePending", "*.json").Length > 0;

    /// <summary>The network instance's bridge is in the device's namespace.</summary>
    public bool BridgeExists => Links.Contains("bn1:", StringComparison.Ordinal);
    public bool BridgeHasServer => Files("run/zedrouter", "dnsmasq.bn1.conf").Length > 0;

    /// <summary>MAC and IP address that the app will get.</summary>
    public (string Mac, string Address)? Promised => Text(In("run/zedrouter/dhcp-hosts.bn1/nbu1x1")).Split(',') is [var mac, _, var address, ..] ? (mac, address) : null;

    /// <summary>The process of the guest, while it lives.</summary>
    public int? Guest
    {
        get
        {
            foreach (var file in Files("run/libvirt/run/qemu", DeviceConfig.App + "*.pid"))
            {
                if (Number(file) is { } id && Text($"/proc/{id}/cmdline").Contains(lab.Root, StringComparison.Ordinal))
                    return id;
            }
            return null;
        }
    }

    /// <summary>libvirt has noted that it starts the guest, and not that it runs.</summary>
    public bool GuestStarts => GuestState.Contains("<domstatus state='paused' reason='starting up'", StringComparison.Ordinal);

    /// <summary>libvirt has let the guest's processor run, and has noted it.</summary>
    public bool GuestRuns => Guest is not null && GuestState.Contains("<domstatus state='running'", StringComparison.Ordinal);

    /// <summary>The guest's processor runs, and it has not come to its address.</summary>
    public bool GuestBoots => GuestRuns && !GuestHasAddress;
    public bool GuestHasAddress => Console.LastIndexOf("guest: address ", StringComparison.Ordinal) > Console.LastIndexOf("guest: boot ", StringComparison.Ordinal);

    /// <summary>The guest has heard its power button in its present life.</summary>
    public bool GuestGoesDown => Guest is not null && Console.LastIndexOf("power button, going down", StringComparison.Ordinal) > Console.LastIndexOf("guest: boot ", StringComparison.Ordinal);

    /// <summary>What an installation leaves nothing of when it is removed.</summary>
    public IEnumerable<string> Remains =>
        ((string[])["persist/vault/volumes", "persist/vault/content", "persist/vault/verifier/verified", "persist/vault/verifier/verifier", "persist/vault/downloader/pending", "run/libvirt/etc/qemu"])
        .SelectMany(folder => Files(folder, "*"));

    /// <summary>Messages that wait for the controller.</summary>
    public string[] Unsent => Files("persist/zedagent/unsent", "*.json");

    /// <summary>Files that writes which were cut have left; the downloader's go some minutes later.</summary>
    public IEnumerable<string> HalfWritten => Directory.EnumerateFiles(In("persist"), "tmp*", SearchOption.AllDirectories)
        .Where(f => !f.Contains("/downloader/pending/", StringComparison.Ordinal));

    /// <summary>Which processes of the device's namespace are not the device, not its children's, and not its guests'.</summary>
    public async Task<IReadOnlyList<string>> StrangersAsync()
    {
        // Listeners whose reader was killed notice it when they have something to tell.
        foreach (var verb in new[] { "add", "del" })
            await Lab.RunAsync(lab.Lab.DeviceSide, "ip", ["link", verb, "name", "nudge", "type", "bridge"], CancellationToken.None);
        var processes = await Lab.ProcessesAsync(lab.Lab.DeviceSide, CancellationToken.None);
        var orphans = processes.Where(p => p != lab.Device.Id && p != Guest && !processes.Contains(Parent(p)));
        // Those without a command line have ended in the meantime.
        return [.. orphans.Select(p => Text($"/proc/{p}/cmdline").Replace('\0', ' ')).Where(line => line.Length > 0)];
    }

    // While the device lives, its own view is quicker than a program.
    string Links => lab.Device.IsAlive ? Text($"/proc/{lab.Device.Id}/net/dev")
        : Lab.RunAsync(lab.Lab.DeviceSide, "ip", ["-o", "link"], CancellationToken.None).GetAwaiter().GetResult().Output;

    string GuestState => Files("run/libvirt/run/qemu", DeviceConfig.App + "*.xml") is [var state] ? Text(state) : "";

    string Console => Text(In($"run/domainmgr/console/{DeviceConfig.App}.log"));

    string In(string path) => Path.Combine(lab.Root, path);

    string[] Files(string folder, string pattern = "*") => Directory.Exists(In(folder)) ? Directory.GetFiles(In(folder), pattern) : [];

    int? Number(string path) => int.TryParse(Text(In(path)), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;

    static int Parent(int process) => Text($"/proc/{process}/status").Split('\n').FirstOrDefault(l => l.StartsWith("PPid:", StringComparison.Ordinal)) is { } line
        ? int.Parse(line.AsSpan("PPid:".Length).Trim(), CultureInfo.InvariantCulture) : 0;

    // Others write these files at the same time, and processes end.
    static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
