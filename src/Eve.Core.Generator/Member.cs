using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Eve.Generator;

/// <summary>A parameter of a record, with its property and its name in JSON.</summary>
sealed class Member
{
    const int WhenWritingDefault = 2;       // of JsonIgnoreCondition

    Member(IParameterSymbol parameter, IPropertySymbol property)
    {
        (Parameter, Property) = (parameter, property);
        Name = Attribute(property, "JsonPropertyNameAttribute")?.ConstructorArguments[0].Value as string ?? property.Name;
        OmitEmpty = Attribute(property, "JsonIgnoreAttribute")?.NamedArguments.Any(a => a.Key == "Condition" && a.Value.Value is WhenWritingDefault) == true;
    }

    public IParameterSymbol Parameter { get; }
    public IPropertySymbol Property { get; }
    public string Name { get; }

    /// <summary>Go's omitempty.</summary>
    public bool OmitEmpty { get; }

    /// <summary>The parameter's default value, as source.</summary>
    public string Default => Parameter.HasExplicitDefaultValue && Parameter.ExplicitDefaultValue is { } value
        ? value switch
        {
            string text => text.Length == 0 ? "\"\"" : throw new NotSupportedException($"{Parameter} has a text as its default"),
            bool flag => flag ? "true" : "false",
            _ => $"({Values.Name(Parameter.Type)})({Convert.ToString(value, CultureInfo.InvariantCulture)})",
        }
        : "default!";

    /// <summary>Those of the record's longest constructor: a record is all that its parameters say.</summary>
    public static IReadOnlyList<Member> Of(INamedTypeSymbol type)
    {
        var properties = type.GetMembers().OfType<IPropertySymbol>().ToDictionary(property => property.Name);
        var constructor = type.InstanceConstructors.Where(c => !IsCopy(c, type)).OrderByDescending(c => c.Parameters.Length).First();
        return [.. constructor.Parameters.Select(parameter => new Member(parameter, properties[parameter.Name]))];
    }

    static bool IsCopy(IMethodSymbol constructor, INamedTypeSymbol type) =>
        constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type);

    static AttributeData? Attribute(ISymbol symbol, string name) => symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass?.Name == name);
}
