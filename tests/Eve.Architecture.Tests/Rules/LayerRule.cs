using Mono.Cecil;

namespace Eve.Tests.Architecture;

/// <summary>Inside Eve.Agents: agents know topics, never each other, and only some may speak the device API.</summary>
/// <param name="agents">The module whose agents are looked at.</param>
/// <param name="root">The namespace that holds one namespace per agent.</param>
/// <param name="api">The assembly with the messages of the device API.</param>
sealed class LayerRule(ModuleDefinition agents, string root = "Eve.Agents", string api = "Eve.Api")
{
    const string Shared = "Shared";

    // The others get what they need of it through Shared (Cipher, VaultKey).
    static readonly HashSet<string> MaySpeakApi = [Shared, "Zedagent", "Client", "Logmanager", "Diag"];

    public IEnumerable<string> Violations() =>
        from type in agents.AllTypes()
        let user = AgentOf(type)
        where user is { Length: > 0 }          // the root itself composes: it may name all of them
        from used in References.Of(type)
        let fault = Fault(user, used)
        where fault is not null
        select $"{type.FullName} uses {used.FullName}: {fault}";

    string? Fault(string user, TypeReference used)
    {
        if (used.Outermost().Scope.Name == api)
            return MaySpeakApi.Contains(user) ? null : "only zedagent, client, logmanager, diag and Shared speak the device API";
        return AgentOf(used) switch
        {
            null or Shared => null,
            "" => "the registration is for hosts",
            var owner when owner == user => null,
            _ when user == Shared => "what is shared knows no agent",
            _ => "an agent never uses another one's code",
        };
    }

    /// <summary>The agent whose folder the type lives in; "" for the root's own, null for what is not of this module.</summary>
    string? AgentOf(TypeReference type)
    {
        var name = type.Outermost().Namespace;
        if (name == root)
            return "";
        return name.StartsWith(root + ".", StringComparison.Ordinal) ? name[(root.Length + 1)..].Split('.')[0] : null;
    }
}
