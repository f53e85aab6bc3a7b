using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Eve.Tests.Architecture;

/// <summary>Who names a topic in its code, and to publish it or to read it.</summary>
/// <param name="Field">Catalogue and field, as in VolumemgrTopics.VolumeStatus.</param>
/// <param name="Agent">The agent's EVE name; zedbox for the host.</param>
sealed record TopicUse(string Field, string Agent, bool Publishes);

/// <summary>Reads from the IL which descriptors each agent hands to Subscribe and Publish.</summary>
/// <param name="publishers">Publisher by field, of all descriptors.</param>
/// <param name="publishesAs">Publisher names by agent.</param>
sealed class TopicUses(IReadOnlyDictionary<string, string> publishers, IReadOnlyDictionary<string, IReadOnlyList<string>> publishesAs)
{
    const string Agents = "Eve.Agents.";
    const string Shared = Agents + "Shared";
    const int NearestCall = 8;

    public IReadOnlyList<TopicUse> Of(params ModuleDefinition[] modules)
    {
        var methods = modules.SelectMany(m => m.AllTypes()).SelectMany(t => t.Methods).Where(m => m.HasBody).ToList();
        var shared = methods.Where(m => NamespaceOf(m).StartsWith(Shared, StringComparison.Ordinal)).GroupBy(NameOf).ToDictionary(g => g.Key, g => g.ToList());
        return [.. methods.Where(m => AgentOf(m) is not null).SelectMany(m => Uses(m, AgentOf(m)!, shared, [])).Distinct()];
    }

    // What an agent calls in Shared (the gates, say) it does itself.
    IEnumerable<TopicUse> Uses(MethodDefinition method, string agent, Dictionary<string, List<MethodDefinition>> shared, HashSet<string> seen)
    {
        foreach (var instruction in method.Body.Instructions)
        {
            if (instruction.Operand is FieldReference field && publishers.ContainsKey(Name(field)))
                yield return new(Name(field), agent, IsPublished(instruction, Name(field), agent));
            if (instruction.Operand is MethodReference called && shared.TryGetValue(NameOf(called), out var bodies) && seen.Add(NameOf(called)))
            {
                foreach (var use in bodies.SelectMany(b => Uses(b, agent, shared, seen)))
                    yield return use;
            }
        }
    }

    // The call that takes it says so; handed to anything else, it is the agent's own topic that is published.
    bool IsPublished(Instruction load, string field, string agent)
    {
        var next = load.Next;
        for (var i = 0; i < NearestCall && next is not null; i++, next = next.Next)
        {
            if (next.Operand is not MethodReference called)
                continue;
            if (called.Name is "Publish" or "Subscribe" or "FollowAsync" or "Read" or "ReadAll")
                return called.Name == "Publish";
            break;
        }
        return publishesAs.GetValueOrDefault(agent, []).Contains(publishers[field]);
    }

    static string? AgentOf(MethodDefinition method)
    {
        var space = NamespaceOf(method);
        return space.StartsWith("Eve.Host", StringComparison.Ordinal) ? "zedbox"
            : !space.StartsWith(Agents, StringComparison.Ordinal) || space.StartsWith(Shared, StringComparison.Ordinal) ? null
            : space[Agents.Length..].Split('.')[0].ToLowerInvariant();
    }

    static string NamespaceOf(MethodDefinition method) => method.DeclaringType.Outermost().Namespace;
    static string Name(FieldReference field) => $"{field.DeclaringType.Name}.{field.Name}";

    // An async method's body is in a type of the compiler's, called after the method.
    static string NameOf(MethodReference method)
    {
        for (var type = method.DeclaringType; type is not null; type = type.DeclaringType)
        {
            if (type.Name.StartsWith('<') && type.Name.IndexOf('>') is > 1 and var end && type.Name[1..end] is var name)
                return $"{type.Outermost().FullName}.{name}";
        }
        return $"{method.DeclaringType.Outermost().FullName}.{method.Name}";
    }
}
