using System.Reflection;
using System.Xml.Linq;

namespace Eve.Tests.Architecture;

/// <summary>BannedSymbols.txt bans what it means to ban (a line that names nothing bans nothing), in every project below src.</summary>
static class BannedSymbolsRule
{
    public static IEnumerable<string> Unresolved(string text) =>
        from line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        let id = line.Split(';')[0].Trim()
        where !Exists(id)
        select $"'{id}' names nothing";

    /// <summary>What takes the analyzer away from a project.</summary>
    public static IEnumerable<string> Evasions(string path, string project) =>
        from element in XDocument.Parse(project).Descendants()
        let evades = element.Name.LocalName switch
        {
            "RunAnalyzers" or "RunAnalyzersDuringBuild" => element.Value.Trim() == "false",
            "NoWarn" or "WarningsNotAsErrors" => element.Value.Contains("RS0030", StringComparison.Ordinal),
            "AdditionalFiles" => element.Attribute("Remove") is not null,
            "PackageReference" => element.Attribute("Remove")?.Value.Contains("BannedApi", StringComparison.Ordinal) == true,
            "TreatWarningsAsErrors" => element.Value.Trim() != "true",
            _ => false,
        }
        where evades
        select $"{path}: {element}";

    /// <summary>The names of the projects that go without the analyzer, as Directory.Build.props says.</summary>
    public static IEnumerable<string> Exempt(string props) =>
        from reference in XDocument.Parse(props).Descendants()
        where reference.Name.LocalName == "PackageReference" && reference.Attribute("Include")?.Value == "Microsoft.CodeAnalysis.BannedApiAnalyzers"
        let condition = reference.Attribute("Condition")?.Value
        select condition is null ? "none" : condition["'$(MSBuildProjectName)' != '".Length..^1];

    static bool Exists(string id)
    {
        var name = id[2..].Split('(')[0];
        return id[0] == 'T' ? Find(name) is not null
            : Find(name[..name.LastIndexOf('.')]) is { } type && type.GetMembers(Everything).Any(m => Id(m) == id);
    }

    const BindingFlags Everything = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

    static Type? Find(string name) =>
        new[] { typeof(object), typeof(Console), typeof(System.Diagnostics.Process) }.Select(t => t.Assembly.GetType(name)).FirstOrDefault(t => t is not null);

    /// <summary>The documentation id of a member, as far as banned ones need it.</summary>
    static string Id(MemberInfo member)
    {
        var name = $"{member.DeclaringType!.FullName}.{member.Name}";
        var parameters = member is MethodInfo method ? method.GetParameters() : [];
        return (member is PropertyInfo ? "P:" : "M:") + name + (parameters is [] ? "" : $"({string.Join(",", parameters.Select(p => p.ParameterType.FullName))})");
    }
}
