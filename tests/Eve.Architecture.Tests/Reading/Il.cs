using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Eve.Tests.Architecture;

/// <summary>Short ways to ask a module what it holds.</summary>
static class Il
{
    /// <summary>All types, those that the compiler nests into others too.</summary>
    public static IEnumerable<TypeDefinition> AllTypes(this ModuleDefinition module) => module.Types.SelectMany(WithNested);

    public static IEnumerable<TypeDefinition> WithNested(this TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    public static IEnumerable<Instruction> Code(this MethodDefinition method) => method.HasBody ? method.Body.Instructions : [];

    public static TypeReference Outermost(this TypeReference type) => type.DeclaringType is { } outer ? outer.Outermost() : type;

    /// <summary>Whether the source does not know it: closures, state machines, their fields.</summary>
    public static bool IsGenerated(this MemberReference member) => member.Name.StartsWith('<');

    /// <summary>Whether the type is nested, at any depth, in what the compiler made (a closure, a state machine).</summary>
    public static bool InGenerated(this TypeReference type) => type.IsGenerated() || type.DeclaringType is { } outer && outer.InGenerated();

    public static bool Implements(this TypeDefinition type, string @interface)
    {
        for (var level = type; level is not null; level = level.BaseType?.Resolve())
        {
            if (level.Interfaces.Any(i => i.InterfaceType.FullName == @interface || i.InterfaceType.Resolve()?.Implements(@interface) == true))
                return true;
        }
        return false;
    }
}
