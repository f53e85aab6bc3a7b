namespace Eve.Tests.Architecture;

/// <summary>A code block of a page, and the file that it says it is from.</summary>
sealed record Snippet(string Page, string? File, IReadOnlyList<string> Lines)
{
    /// <summary>The block stands in the file as it is, but for its indentation.</summary>
    public bool IsIn(string text)
    {
        var file = Markdown.Lines(text);
        return Enumerable.Range(0, Math.Max(0, file.Count - Lines.Count + 1)).Any(i => file.Skip(i).Take(Lines.Count).SequenceEqual(Lines));
    }
}

/// <summary>Reads pages.</summary>
static class Markdown
{
    const string From = "<!-- from ";

    /// <summary>The C# blocks; each is to have the line <c>&lt;!-- from FILE --&gt;</c> before it.</summary>
    public static IEnumerable<Snippet> Snippets(string page, string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim() != "```csharp")
                continue;
            var before = i > 0 ? lines[i - 1].Trim() : "";
            var end = Array.FindIndex(lines, i, l => l.Trim() == "```");
            var file = before.StartsWith(From, StringComparison.Ordinal) ? before[From.Length..].Replace("-->", "", StringComparison.Ordinal).Trim() : null;
            yield return new(page, file, Lines(string.Join('\n', lines[(i + 1)..end])));
            i = end;
        }
    }

    public static List<string> Lines(string text) => [.. text.TrimEnd().Split('\n').Select(l => l.Trim())];

    /// <summary>What stands between the two marks of a generated part.</summary>
    public static string Part(string text, string name)
    {
        var (begin, end) = Bounds(text, name);
        return text[begin..end];
    }

    public static string WithPart(string text, string name, string part)
    {
        var (begin, end) = Bounds(text, name);
        return text[..begin] + part + text[end..];
    }

    static (int Begin, int End) Bounds(string text, string name)
    {
        var (first, last) = ($"<!-- {name}: made by a test -->\n", $"<!-- end of {name} -->");
        var begin = text.IndexOf(first, StringComparison.Ordinal) + first.Length;
        var end = text.IndexOf(last, StringComparison.Ordinal);
        return begin >= first.Length && end >= begin ? (begin, end) : throw new InvalidOperationException($"The page lacks the marks '{first.Trim()}' and '{last}'.");
    }
}
