using System.Text.RegularExpressions;

namespace Eve.Tests.Architecture;

/// <summary>What the pages say is what the code is.</summary>
public partial class PagesTests
{
    const string Readme = "README.md";

    // Links that are no agents: zedbox does it itself.
    static readonly string[] Tools = ["ipcmonitor"];

    static IEnumerable<string> Pages =>
        new[] { Readme, "docs", "src", "samples" }
            .Select(p => Path.Combine(Product.Root, p))
            .SelectMany(p => File.Exists(p) ? [p] : Directory.Exists(p) ? Directory.EnumerateFiles(p, "*.md", SearchOption.AllDirectories) : [])
            .Select(p => Path.GetRelativePath(Product.Root, p))
            .Where(p => !p.Split('/').Any(part => part is "bin" or "obj"));

    [Test]
    public void The_table_of_topics_is_what_the_code_does() => Check("topics", TopicTable.Make());

    [Test]
    public void Agents_that_are_not_built_are_named() => Check("absent", string.Join(", ", Links().Except(TopicTable.Registered()).Except(Tools)) + "\n");

    static void Check(string part, string made)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_README") == "1")
            File.WriteAllText(Path.Combine(Product.Root, Readme), Markdown.WithPart(Product.Text(Readme), part, made));

        Assert.That(Markdown.Part(Product.Text(Readme), part), Is.EqualTo(made), "UPDATE_README=1 dotnet test tests/Eve.Architecture.Tests writes it anew.");
    }

    // The links that are made beside zedbox.
    static IEnumerable<string> Links() =>
        AgentNames().Match(Product.Text("eng/dotnet.sh")).Groups[1].Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Pages))]
    public void Code_on_a_page_stands_in_the_file_that_it_is_from(string page)
    {
        foreach (var snippet in Markdown.Snippets(page, Product.Text(page)))
        {
            Assert.That(snippet.File, Is.Not.Null, $"{page}: a C# block without <!-- from FILE --> before it: {snippet.Lines[0]}");
            Assert.That(snippet.IsIn(Product.Text(snippet.File!)), $"{page}: the block that begins with '{snippet.Lines[0]}' is not in {snippet.File} as it stands.");
        }
    }

    [TestCaseSource(nameof(Pages))]
    public void Links_between_pages_lead_somewhere(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Product.Root, page))!;
        foreach (var link in Link().Matches(Product.Text(page)).Select(m => m.Groups[1].Value).Where(l => !l.Contains("://", StringComparison.Ordinal)))
            Assert.That(Path.Exists(Path.Combine(folder, link)), $"{page}: {link}");
    }

    [Test]
    public void Every_package_that_is_used_is_in_the_readme_with_a_reason()
    {
        var packages = new[] { "src", "tests", "samples", "benchmarks" }
            .SelectMany(f => Directory.EnumerateFiles(Path.Combine(Product.Root, f), "*.*proj", SearchOption.AllDirectories)
                .Concat(Directory.EnumerateFiles(Path.Combine(Product.Root, f), "Directory.Build.props", SearchOption.AllDirectories)))
            .SelectMany(f => PackageReference().Matches(File.ReadAllText(f)))
            .Select(m => m.Groups[1].Value).Distinct()
            .Where(p => !p.StartsWith("Eve.", StringComparison.Ordinal));

        Assert.That(packages.Where(p => !Regex.IsMatch(Product.Text(Readme), $@"^\| [^|]*\b{Regex.Escape(p)}\b[^|]*\|", RegexOptions.Multiline)), Is.Empty);
    }

    [Test]
    public void A_block_that_was_changed_on_the_page_alone_is_found()
    {
        var snippet = Markdown.Snippets("page", "<!-- from file -->\n```csharp\nvar a = 1;\nvar b = 2;\n```\n").Single();

        Assert.That(snippet.File, Is.EqualTo("file"));
        Assert.That(snippet.IsIn("    var a = 1;\n    var b = 2;\n"), Is.True);
        Assert.That(snippet.IsIn("var a = 1;\nvar b = 3;\n"), Is.False);
    }

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex("^AGENTS=\"([^\"]+)\"", RegexOptions.Multiline)]
    private static partial Regex AgentNames();

    [GeneratedRegex("PackageReference Include=\"([^\"]+)\"")]
    private static partial Regex PackageReference();
}
