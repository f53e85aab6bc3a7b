using Mono.Cecil;

namespace Eve.Tests.Architecture;

/// <summary>Every type that a type names, in its declaration or its code.</summary>
static class References
{
    public static IEnumerable<TypeReference> Of(TypeDefinition type) => Direct(type).SelectMany(Parts).DistinctBy(t => t.FullName);

    static IEnumerable<TypeReference?> Direct(TypeDefinition type)
    {
        yield return type.BaseType;
        foreach (var implemented in type.Interfaces)
            yield return implemented.InterfaceType;
        foreach (var constraint in type.GenericParameters.SelectMany(p => p.Constraints))
            yield return constraint.ConstraintType;
        foreach (var field in type.Fields)
            yield return field.FieldType;
        foreach (var used in type.Methods.SelectMany(Of))
            yield return used;
        foreach (var attribute in type.CustomAttributes)
            yield return attribute.AttributeType;
    }

    static IEnumerable<TypeReference?> Of(MethodDefinition method)
    {
        var signature = method.Parameters.Select(p => p.ParameterType).Append(method.ReturnType);
        var locals = method.HasBody ? method.Body.Variables.Select(v => v.VariableType) : [];
        var caught = method.HasBody ? method.Body.ExceptionHandlers.Select(h => h.CatchType) : [];
        return signature.Concat(locals).Concat(caught).Concat(method.Code().SelectMany(i => Of(i.Operand)));
    }

    static IEnumerable<TypeReference?> Of(object? operand) => operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        MethodReference method => [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(p => p.ParameterType), .. Arguments(method)],
        _ => [],
    };

    static IEnumerable<TypeReference> Arguments(MethodReference method) => method is GenericInstanceMethod generic ? generic.GenericArguments : [];

    // List<Foo[]> names List and Foo.
    static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification wrapped => Parts(wrapped.ElementType),
        _ => [type],
    };
}
