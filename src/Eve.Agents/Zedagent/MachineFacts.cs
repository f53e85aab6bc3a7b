using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Eve.Topics;

namespace Eve.Agents.Zedagent;

/// <summary>What the machine says of itself. What it does not say is empty or null.</summary>
/// <param name="Architecture">By uname: x86_64, aarch64, riscv64.</param>
/// <param name="HostName">The machine's name.</param>
/// <param name="BootTime">When the kernel started.</param>
/// <param name="Maker">By the firmware.</param>
/// <param name="DnsServers">Of the machine itself.</param>
/// <param name="DnsSearch">Of the machine itself.</param>
/// <param name="RootCertificateHash">SHA-256 of the file with the controller's root certificate; nil without it.</param>
/// <param name="HasTpm">There is one.</param>
/// <param name="UsesTpm">The device's key is in it.</param>
/// <param name="HasWatchdog">There is one.</param>
/// <param name="RemoteAccessDisabled">The installation forbids remote access for good.</param>
/// <param name="PowerCycles">Of the first disk; -1 if it does not say.</param>
public sealed record MachineFacts(
    string Architecture = "",
    string HostName = "",
    DateTimeOffset? BootTime = null,
    MachineMaker? Maker = null,
    ValueList<string> DnsServers = default,
    ValueList<string> DnsSearch = default,
    Bytes RootCertificateHash = default,
    bool HasTpm = false,
    bool UsesTpm = false,
    bool HasWatchdog = false,
    bool RemoteAccessDisabled = false,
    long PowerCycles = -1);

/// <summary>Who made the machine, and its firmware.</summary>
public sealed record MachineMaker(
    string Manufacturer = "",
    string Product = "",
    string Version = "",
    string Uuid = "",
    string Serial = "",
    string Compatible = "",
    string BiosVendor = "",
    string BiosVersion = "",
    string BiosDate = "");

/// <summary>How long the machine is up (null: it does not say), and how many threads its agents have.</summary>
public sealed record MachineUse(TimeSpan? UpTime = null, int Threads = 0);

/// <summary>The machine, as far as reports tell of it.</summary>
public interface IMachineFacts
{
    /// <summary>Reads all of it anew.</summary>
    MachineFacts Read();

    /// <summary>Reads what moves all the time.</summary>
    MachineUse ReadUse();
}

/// <summary>The real one, out of small files of the kernel's and of the installation's.</summary>
internal sealed class Machine(EvePaths paths) : IMachineFacts
{
    const int MaxDnsServers = 3;
    const int MaxSmartFile = 65536;
    const string NoSerial = "Not Specified";

    public MachineFacts Read()
    {
        var (servers, search) = Resolver();
        var hasTpm = File.Exists("/dev/tpmrm0");
        return new(
            RuntimeInformation.OSArchitecture switch
            {
                Architecture.X64 => "x86_64",
                Architecture.Arm64 => "aarch64",
                Architecture.RiscV64 => "riscv64",
                var other => other.ToString().ToLowerInvariant(),
            },
            Text("/proc/sys/kernel/hostname"),
            BootTime(),
            Maker(),
            servers,
            search,
            Content(Path.Combine(paths.Config, "root-certificate.pem")) is { } pem ? SHA256.HashData(pem) : null,
            hasTpm,
            hasTpm && File.Exists(Path.Combine(paths.Config, "device.cert.pem")) && !File.Exists(Path.Combine(paths.Config, "device.key.pem")),
            File.Exists("/dev/watchdog"),
            File.Exists(Path.Combine(paths.Config, "remote_access_disabled")),
            PowerCycles());
    }

    public MachineUse ReadUse() => new(
        double.TryParse(Text("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null,
        ThreadPool.ThreadCount);

    MachineMaker Maker() => new(
        Dmi("sys_vendor"), Dmi("product_name"), Dmi("product_version"), Dmi("product_uuid"), Serial(), Compatible(),
        Dmi("bios_vendor"), Dmi("bios_version"), Dmi("bios_date"));

    string Serial()
    {
        if (Dmi("product_serial") is { Length: > 0 } serial && serial != NoSerial)
            return serial;
        var line = Lines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("Serial", StringComparison.Ordinal) && l.Contains(':'));
        return line is not null ? line[(line.IndexOf(':') + 1)..].Trim() : Text(Path.Combine(paths.Sys, "devices/soc0/serial_number"));
    }

    // A list of names that end with NUL.
    static string Compatible() =>
        string.Concat(Text("/proc/device-tree/compatible").TrimEnd('\0').Select(c => c == '\0' ? "." : char.IsControl(c) ? "" : c.ToString()));

    static DateTimeOffset? BootTime() =>
        Lines("/proc/stat").FirstOrDefault(l => l.StartsWith("btime ", StringComparison.Ordinal)) is { } line
        && long.TryParse(line["btime ".Length..], CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    static (ValueList<string> Servers, ValueList<string> Search) Resolver()
    {
        List<string> servers = [];
        string[] search = [];
        foreach (var line in Lines("/etc/resolv.conf"))
        {
            var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words is ["nameserver", var server, ..] && servers.Count < MaxDnsServers && IPAddress.TryParse(server, out var address))
                servers.Add(new IPEndPoint(address, 53).ToString());
            else if (words is ["search" or "domain", .. var names])
                search = [.. names.Select(n => n.EndsWith('.') ? n : n + ".")];
        }
        return ([.. servers], [.. search]);
    }

    long PowerCycles()
    {
        if (Content(Path.Combine(paths.Persist, "SMART_details.json")) is not { Length: <= MaxSmartFile } json)
            return -1;
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty("power_cycle_count", out var count) && count.TryGetInt64(out var cycles) ? cycles : -1;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return -1;
        }
    }

    string Dmi(string name) => Text(Path.Combine(paths.Sys, "class/dmi/id", name));

    static IEnumerable<string> Lines(string file) => Text(file).Split('\n');

    static string Text(string file) => Content(file) is { } content ? System.Text.Encoding.UTF8.GetString(content).Trim() : "";

    static byte[]? Content(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllBytes(file) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
