using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Eve.Tests.Architecture;

/// <summary>An agent is started again after a failure, and must start anew: no field of it ever changes, its state lives in locals of RunAsync.</summary>
static class StatelessAgentRule
{
    // Types whose content changes although their field does not.
    static readonly string[] Changeable = ["System.Collections.Generic.", "System.Collections.Concurrent.", "System.Threading.", "System.Text.StringBuilder"];

    public static IEnumerable<string> Violations(params ModuleDefinition[] modules) =>
        from type in modules.SelectMany(m => m.AllTypes())
        where type.IsClass && type.Implements("Eve.IAgent")
        from fault in Faults(type)
        select $"{type.FullName}.{fault}";

    static IEnumerable<string> Faults(TypeDefinition agent)
    {
        var written = Written(agent);
        foreach (var field in agent.Fields.Where(f => !f.IsLiteral))
        {
            if (written.Contains(field.Name))
                yield return $"{field.Name} is written outside the constructor";
            else if (!field.IsInitOnly && !field.IsGenerated())
                yield return $"{field.Name} is not readonly";
            else if (!IsCaptured(field) && IsChangeable(field.FieldType))
                yield return $"{field.Name} holds state";
        }
    }

    // A parameter of a primary constructor is a dependency; what it can do is its own business.
    static bool IsCaptured(FieldDefinition field) => field.Name.StartsWith('<') && field.Name.EndsWith('P');

    static bool IsChangeable(TypeReference type) =>
        type.IsArray || (Changeable.Any(c => type.FullName.StartsWith(c, StringComparison.Ordinal)) && !type.Name.StartsWith('I'));

    static HashSet<string> Written(TypeDefinition agent) =>
        [.. from method in agent.WithNested().SelectMany(t => t.Methods)
            where method.DeclaringType != agent || !(method.IsConstructor || IsInit(method))
            from instruction in method.Code()
            where instruction.OpCode == OpCodes.Stfld || instruction.OpCode == OpCodes.Stsfld
            let field = (FieldReference)instruction.Operand
            where field.DeclaringType.GetElementType().FullName == agent.FullName
            select field.Name];

    static bool IsInit(MethodDefinition method) => method.ReturnType is RequiredModifierType { ModifierType.Name: "IsExternalInit" };
}
