namespace Eve.Tests.Architecture;

/// <summary>No file over 500 lines; one over 300 needs a reason, which stands in LongFiles.txt.</summary>
static class FileLengthRule
{
    const int Limit = 500;
    const int HardLook = 300;

    public static IEnumerable<string> Violations(IReadOnlyDictionary<string, int> lines, IReadOnlyDictionary<string, string> reasons)
    {
        foreach (var (path, count) in lines)
        {
            if (count > Limit)
                yield return $"{path} has {count} lines: none may have more than {Limit}";
            else if (count > HardLook && !reasons.ContainsKey(path))
                yield return $"{path} has {count} lines: cut it, or give the reason in LongFiles.txt";
        }
        foreach (var (path, reason) in reasons)
        {
            if (lines.GetValueOrDefault(path) <= HardLook)
                yield return $"{path} no longer needs its reason in LongFiles.txt";
            else if (reason.Length < 20)
                yield return $"{path}: '{reason}' is no reason";
        }
    }

    /// <summary>Lines of the form <c>path: reason</c>; those that begin with # are comments.</summary>
    public static IReadOnlyDictionary<string, string> Reasons(string text) =>
        text.Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split(": ", 2)).ToDictionary(p => p[0], p => p.ElementAtOrDefault(1) ?? "");
}
