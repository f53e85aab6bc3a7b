using Mono.Cecil;

namespace Eve.Tests.Architecture;

/// <summary>
/// The host knows the agents by their registration and their names only, so that each can be replaced. What they do to the machine it may give or take:
/// effect interfaces, and the enums in them.
/// </summary>
static class HostRule
{
    // Effects without an interface, each with the reason.
    static readonly Dictionary<string, string> Exceptions = new()
    {
        ["Eve.Agents.Tpmmgr.DeviceCertificates"] = "boot makes the device's certificates before any agent needs them",
    };

    public static IEnumerable<string> Violations(ModuleDefinition host, string agents = "Eve.Agents", string registration = "Eve.Agents.EveAgents") =>
        from type in host.AllTypes()
        from used in References.Of(type)
        where used.Outermost().Scope.Name == agents && used.FullName != registration && !IsEffect(used)
        select $"{type.FullName} uses {used.FullName}";

    static bool IsEffect(TypeReference used) => Exceptions.ContainsKey(used.FullName) || used.Resolve() is { IsInterface: true } or { IsEnum: true };
}
