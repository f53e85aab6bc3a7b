using System.Globalization;

namespace Eve.Agents.Domainmgr;

/// <summary>Reads what the kernel says about the machine.</summary>
internal static class MachineFigures
{
    const long TicksPerSecond = 100;            // USER_HZ, the same on all of Linux's machines of today
    const ulong NanosecondsPerTick = 1_000_000_000 / TicksPerSecond;

    public static HostUsage Of(IReadOnlyList<string> meminfo, IReadOnlyList<string> stat)
    {
        var processors = (uint)stat.Count(line => line.StartsWith("cpu", StringComparison.Ordinal) && !line.StartsWith("cpu ", StringComparison.Ordinal));
        return new HostUsage(KiB(meminfo, "MemTotal:"), KiB(meminfo, "MemAvailable:"), processors, Busy(stat) / Math.Max(1, processors));
    }

    /// <summary>Whether a line of /proc/cpuinfo says that the processor can run guests.</summary>
    public static bool TellsOfVirtualization(string line) => line.StartsWith("flags", StringComparison.Ordinal) && line.Split(' ') is var flags
        && (flags.Contains("vmx") || flags.Contains("svm"));

    static ulong KiB(IReadOnlyList<string> lines, string name)
    {
        var line = lines.FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal));
        return line is null ? 0 : Number(line[name.Length..].Trim().Split(' ')[0]);
    }

    // user, nice, system, irq and softirq; not idle, iowait and steal, nor guest, which is in user.
    static ulong Busy(IReadOnlyList<string> stat)
    {
        var fields = stat.FirstOrDefault(l => l.StartsWith("cpu ", StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields is not { Length: >= 8 })
            return 0;
        return (Number(fields[1]) + Number(fields[2]) + Number(fields[3]) + Number(fields[6]) + Number(fields[7])) * NanosecondsPerTick;
    }

    static ulong Number(string text) => ulong.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
