using Mono.Cecil;

namespace Eve.Tests.Architecture;

/// <summary>Static means pure: a static class among the agents decides, it does not act, nor does it keep anything.</summary>
/// <param name="module">The module whose static classes are looked at.</param>
/// <param name="graph">Calls are followed through the modules of this graph.</param>
/// <param name="root">The namespace that the rule holds for.</param>
sealed class PurityRule(ModuleDefinition module, CallGraph graph, string root = "Eve.Agents")
{
    // Registers the agents and their effects: the one static class that makes what acts.
    const string Composition = "Eve.Agents.EveAgents";

    public IEnumerable<string> Violations() =>
        from type in module.Types
        where type.Namespace == root || type.Namespace.StartsWith(root + ".", StringComparison.Ordinal)
        from part in type.WithNested()
        where part is { IsAbstract: true, IsSealed: true } && type.FullName != Composition
        from method in part.WithNested().SelectMany(t => t.Methods)
        let deed = graph.Impurity(method)
        where deed is not null
        select $"{method.DeclaringType.FullName}.{method.Name} → {deed}";
}
