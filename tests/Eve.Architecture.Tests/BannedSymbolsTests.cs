namespace Eve.Tests.Architecture;

public class BannedSymbolsTests
{
    static IEnumerable<string> Projects => Directory.EnumerateFiles(Path.Combine(Product.Root, "src"), "*.csproj", SearchOption.AllDirectories);

    [Test]
    public void Every_banned_symbol_exists() => Assert.That(BannedSymbolsRule.Unresolved(Product.Text("BannedSymbols.txt")), Is.Empty);

    [Test]
    public void Only_generated_code_goes_without_the_analyzer() => Assert.That(BannedSymbolsRule.Exempt(Product.Text("src/Directory.Build.props")), Is.EqualTo(["Eve.Api"]));

    [Test]
    public void No_project_switches_it_off() =>
        Assert.That(Projects.SelectMany(p => BannedSymbolsRule.Evasions(Path.GetFileName(p), File.ReadAllText(p))), Is.Empty);

    [TestCase("T:System.Consoles;no such type")]
    [TestCase("P:System.DateTime.Nowadays")]
    [TestCase("M:System.Threading.Thread.Sleep(System.String)")]
    public void A_line_that_names_nothing_is_found(string line) => Assert.That(BannedSymbolsRule.Unresolved(line), Has.One.Contains("names nothing"));

    [TestCase("<NoWarn>$(NoWarn);RS0030</NoWarn>")]
    [TestCase("<RunAnalyzers>false</RunAnalyzers>")]
    [TestCase("<TreatWarningsAsErrors>false</TreatWarningsAsErrors>")]
    [TestCase("<AdditionalFiles Remove=\"**\" />")]
    [TestCase("<PackageReference Remove=\"Microsoft.CodeAnalysis.BannedApiAnalyzers\" />")]
    public void A_project_that_switches_it_off_is_found(string element) =>
        Assert.That(BannedSymbolsRule.Evasions("A.csproj", $"<Project>{element}</Project>"), Has.One.StartsWith("A.csproj"));

    [Test]
    public void A_project_that_is_exempt_is_found() =>
        Assert.That(
            BannedSymbolsRule.Exempt("""<P><PackageReference Include="Microsoft.CodeAnalysis.BannedApiAnalyzers" Condition="'$(MSBuildProjectName)' != 'Eve.Agents'" /></P>"""),
            Is.EqualTo(["Eve.Agents"]));
}
