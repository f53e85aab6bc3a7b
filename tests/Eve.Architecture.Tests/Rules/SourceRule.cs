using System.Text.RegularExpressions;

namespace Eve.Tests.Architecture;

/// <summary>What the text of a source file may not say.</summary>
static partial class SourceRule
{
    // Analyzers are switched off in the text only here. Each folder with the reason.
    static readonly (string Folder, string Rule, string Reason)[] Exceptions =
    [
        ("src/Eve.Core/Platform/", "RS0030", "Platform is what stands between the product and the machine"),
        ("src/Eve.Host/", "RS0030", "zedbox is the console program"),
        ("src/Eve.Agents/Diag/", "RS0030", "diag prints"),
    ];

    public static IEnumerable<string> Violations(string path, string text)
    {
        foreach (Match match in SwitchedOff.Matches(text))
        {
            foreach (var rule in match.Groups["rules"].Value.Split(',', StringSplitOptions.TrimEntries))
            {
                if (rule == "RS0030" && !Exceptions.Any(e => e.Rule == rule && path.StartsWith(e.Folder, StringComparison.Ordinal)))
                    yield return $"{path} switches {rule} (banned symbols) off";
            }
        }
        if (Privates.IsMatch(text))
            yield return $"{path} writes out 'private'";
        if (Namespaces.IsMatch(text))
            yield return $"{path} has a namespace in braces";
        foreach (Match name in EmptyWords.Matches(text))
            yield return $"{path}: {name.Groups["name"].Value} says nothing with its last word";
        if (path.StartsWith("tests/", StringComparison.Ordinal) && Assumptions.IsMatch(text))
            yield return $"{path} uses Assume: such tests vanish from the counts (Assert.Ignore says why)";
    }

    [GeneratedRegex(@"^\s*(#pragma warning disable|\[.*SuppressMessage\(""[^""]*"",) ?""?(?<rules>[A-Z]+[0-9]+[^\n/]*)", RegexOptions.Multiline)]
    static partial Regex SwitchedOff { get; }

    [GeneratedRegex(@"^\s*private (?!protected|static partial)", RegexOptions.Multiline)]
    static partial Regex Privates { get; }

    [GeneratedRegex(@"^namespace [\w.]+\s*\{", RegexOptions.Multiline)]
    static partial Regex Namespaces { get; }

    [GeneratedRegex(@"^\s*(?:\w+ )*(?:class|record|struct|interface|enum) (?<name>\w*(?:Manager|Helper|Helpers|Util|Utils|Utility|Impl|Base))\b", RegexOptions.Multiline)]
    static partial Regex EmptyWords { get; }

    [GeneratedRegex(@"\bAssume\.That")]
    static partial Regex Assumptions { get; }
}
