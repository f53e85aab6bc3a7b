namespace Eve.Tests.Architecture;

public class SourceTests
{
    static readonly string[] s_folders = ["src", "tests", "samples", "benchmarks"];

    [Test]
    public void No_file_is_too_long_without_a_reason()
    {
        var lines = Product.Sources(s_folders).ToDictionary(p => p, p => Product.Text(p).Count(c => c == '\n'));
        Assert.That(FileLengthRule.Violations(lines, FileLengthRule.Reasons(Product.Text("tests/Eve.Architecture.Tests/LongFiles.txt"))), Is.Empty);
    }

    [TestCase("long.cs", 501, "long.cs: of whatever reason this may be", "long.cs has 501 lines: none may have more than 500")]
    [TestCase("long.cs", 301, "", "long.cs has 301 lines: cut it, or give the reason in LongFiles.txt")]
    [TestCase("long.cs", 300, "long.cs: one table, which is better read whole", "long.cs no longer needs its reason in LongFiles.txt")]
    [TestCase("long.cs", 400, "long.cs: because", "long.cs: 'because' is no reason")]
    public void A_long_file_is_found(string path, int lines, string reasons, string violation) =>
        Assert.That(FileLengthRule.Violations(new Dictionary<string, int> { [path] = lines }, FileLengthRule.Reasons(reasons)), Is.EqualTo([violation]));

    [Test]
    public void Sources_keep_the_house_style() =>
        Assert.That(
            from path in Product.Sources(s_folders)
            where !path.StartsWith("tests/Eve.Architecture.Tests/", StringComparison.Ordinal)       // they quote bad text
            from violation in SourceRule.Violations(path, Product.Text(path))
            select violation,
            Is.Empty);

    [TestCase("src/Eve.Agents/Nim/A.cs", "#pragma warning disable RS0030", "switches RS0030 (banned symbols) off")]
    [TestCase("src/Eve.Agents/Nim/A.cs", "#pragma warning disable CA1000, RS0030 // because", "switches RS0030 (banned symbols) off")]
    [TestCase("src/Eve.Agents/Nim/A.cs", "    private readonly int _a;", "writes out 'private'")]
    [TestCase("src/Eve.Agents/Nim/A.cs", "namespace Eve.Agents.Nim {", "has a namespace in braces")]
    [TestCase("src/Eve.Agents/Nim/A.cs", "public sealed class PortManager(int a)", "PortManager says nothing with its last word")]
    [TestCase("tests/A.cs", "        Assume.That(true);", "uses Assume")]
    public void Bad_text_is_found(string path, string text, string violation) => Assert.That(SourceRule.Violations(path, text), Has.One.Contains(violation));

    [TestCase("src/Eve.Core/Platform/Commands/Commands.cs", "#pragma warning disable RS0030")]
    [TestCase("src/Eve.Agents/Nim/A.cs", "private protected A() { }\nprivate static partial int getpid();\nsealed class Managers;\nnamespace Eve.Agents.Nim;\n// private thoughts")]
    public void Good_text_is_left_alone(string path, string text) => Assert.That(SourceRule.Violations(path, text), Is.Empty);
}
