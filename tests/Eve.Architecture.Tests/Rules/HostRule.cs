using Mono.Cecil;

namespace Eve.Tests.Architecture;

/// <summary>The host knows the agents by their registration and their names only: all of them can be replaced.</summary>
static class HostRule
{
    public static IEnumerable<string> Violations(ModuleDefinition host, string agents = "Eve.Agents", string registration = "Eve.Agents.EveAgents") =>
        from type in host.AllTypes()
        from used in References.Of(type)
        where used.Outermost().Scope.Name == agents && used.FullName != registration
        select $"{type.FullName} uses {used.FullName}";
}
