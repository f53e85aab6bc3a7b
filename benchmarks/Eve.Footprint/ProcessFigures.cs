using System.Globalization;

namespace Eve.Footprint;

/// <summary>What the kernel says about one process.</summary>
sealed class ProcessFigures(int id)
{
    const double TicksPerSecond = 100;      // sysconf(_SC_CLK_TCK) on every Linux that we know

    /// <summary>The time it has computed so far, in user and kernel mode.</summary>
    public TimeSpan Computed
    {
        get
        {
            // What follows the name, which may have blanks: state is the third field, utime and stime the 14th and 15th.
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return TimeSpan.FromSeconds((Number(fields[11]) + Number(fields[12])) / TicksPerSecond);
        }
    }

    /// <summary>Resident memory in MB, by what is mapped: zedbox, libraries, heap and the rest; of each what is its alone.</summary>
    public IReadOnlyList<(string What, double Resident, double Private)> Memory
    {
        get
        {
            Dictionary<string, (double Resident, double Private)> sums = new() { ["all"] = default };
            var what = "";
            foreach (var line in File.ReadLines($"/proc/{id}/smaps"))
            {
                var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (!words[0].EndsWith(':'))
                    what = Kind(words.Length > 5 ? words[5] : "");
                else if (words[0] == "Rss:")
                    Add(what, Megabytes(words[1]), 0);
                else if (words[0].StartsWith("Private_", StringComparison.Ordinal) && words[0] != "Private_Hugetlb:")
                    Add(what, 0, Megabytes(words[1]));
            }
            return [.. sums.Select(sum => (sum.Key, sum.Value.Resident, sum.Value.Private)).OrderByDescending(sum => sum.Resident)];

            void Add(string kind, double resident, double own)
            {
                foreach (var key in (string[])["all", kind])
                {
                    var sum = sums.GetValueOrDefault(key);
                    sums[key] = (sum.Resident + resident, sum.Private + own);
                }
            }
        }
    }

    static string Kind(string path) => path switch
    {
        _ when path.EndsWith("/zedbox", StringComparison.Ordinal) => "zedbox, its file",
        _ when path.Contains(".so", StringComparison.Ordinal) => "libraries",
        "[heap]" => "C heap",
        _ when path.StartsWith("[stack", StringComparison.Ordinal) || path.StartsWith("[v", StringComparison.Ordinal) => "stack",
        "" => "memory without a file",
        _ => "other files",
    };

    static double Megabytes(string kilobytes) => Number(kilobytes) / 1024;
    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
