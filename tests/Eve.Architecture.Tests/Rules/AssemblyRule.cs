using Mono.Cecil;

namespace Eve.Tests.Architecture;

/// <summary>Which assemblies each of ours may use. A new package is named here, and in the README with its reason.</summary>
static class AssemblyRule
{
    static readonly string[] Anywhere = ["System", "Microsoft.Win32.Primitives", "netstandard", "mscorlib"];

    static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Eve.Core"] = ["Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions"],
        ["Eve.Api"] = ["Google.Protobuf"],
        ["Eve.Agents"] =
        [
            "Eve.Core", "Eve.Api", "Google.Protobuf",
            "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions",
        ],
        ["zedbox"] =
        [
            "Eve.Core", "Eve.Agents", "Spectre.Console", "System.CommandLine",
            "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.DependencyInjection.Abstractions",
            "Microsoft.Extensions.Logging", "Microsoft.Extensions.Logging.Abstractions",
        ],
    };

    public static IEnumerable<string> Violations(ModuleDefinition module) =>
        Violations(module.Assembly.Name.Name, module.AssemblyReferences.Select(r => r.Name));

    public static IEnumerable<string> Violations(string assembly, IEnumerable<string> references) =>
        from used in references
        where !Anywhere.Any(a => used == a || used.StartsWith(a + ".", StringComparison.Ordinal)) && !Allowed[assembly].Contains(used)
        select $"{assembly} uses {used}";
}
