using System.Globalization;

namespace Eve.Platform;

/// <summary>What the kernel says about a process's memory.</summary>
internal static class ProcessMemory
{
    public static (ulong ResidentKiB, ulong PeakKiB) Of(int process)
    {
        if (process == 0)
            return default;
        try
        {
            return Parse(File.ReadAllLines($"/proc/{process}/status"));
        }
        catch (IOException)
        {
            return default; // ended meanwhile
        }
    }

    internal static (ulong ResidentKiB, ulong PeakKiB) Parse(IReadOnlyList<string> status) => (Field(status, "VmRSS:"), Field(status, "VmHWM:"));

    static ulong Field(IReadOnlyList<string> status, string name)
    {
        var line = status.FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal));
        var number = line?[name.Length..].Trim().Split(' ')[0];
        return ulong.TryParse(number, CultureInfo.InvariantCulture, out var value) ? value : 0;
    }
}
