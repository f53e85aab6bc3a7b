using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Eve.Generator;

/// <summary>How values of a type are read and written, as source; notes the records on the way.</summary>
sealed class Values
{
    readonly HashSet<INamedTypeSymbol> _parts = new(SymbolEqualityComparer.Default);

    public IEnumerable<INamedTypeSymbol> Parts => _parts;

    public static string Name(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier));

    /// <summary>The class that its JsonConverter attribute names; an enum is its number, whatever it names.</summary>
    public static INamedTypeSymbol? ConverterOf(ITypeSymbol type) => type.TypeKind == TypeKind.Enum ? null
        : type.GetAttributes().FirstOrDefault(a => a.AttributeClass?.Name == "JsonConverterAttribute")?.ConstructorArguments[0].Value as INamedTypeSymbol;

    public static string Converter(ITypeSymbol type) => $"Converter<{Name(ConverterOf(type)!)}>.One";

    public string Read(ITypeSymbol type, string json)
    {
        if (NotNull(type) is { } within)
            return $"Json.IsNull(ref {json}) ? null : {Read(within, json)}";
        if (ConverterOf(type) is not null)
            return $"{Converter(type)}.Read(ref {json}, typeof({Name(type)}), Json.Options)!";
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum } numbers)
            return $"({Name(type)}){json}.Get{numbers.EnumUnderlyingType!.MetadataName}()";
        return type switch
        {
            { SpecialType: SpecialType.System_String } => type.NullableAnnotation == NullableAnnotation.Annotated ? $"{json}.GetString()" : $"{json}.GetString() ?? \"\"",
            { SpecialType: not SpecialType.None } or { Name: "Guid" } => $"{json}.Get{type.MetadataName}()",
            INamedTypeSymbol { Name: "ValueList" } list => $"Json.List<{Name(list.TypeArguments[0])}>(ref {json}, {Reader(list.TypeArguments[0])})",
            INamedTypeSymbol { Name: "ValueMap" } map =>
                $"Json.Map<{Name(map.TypeArguments[0])}, {Name(map.TypeArguments[1])}>(ref {json}, {Reader(map.TypeArguments[1])})",
            _ => $"{Part(type)}.Read(ref {json})",
        };
    }

    public string Write(ITypeSymbol type, string json, string value)
    {
        if (NotNull(type) is { } within)
            return $"{{ if ({value} is {{ }} it) {Write(within, json, "it")} else {json}.WriteNullValue(); }}";
        if (ConverterOf(type) is not null)
            return $"{Converter(type)}.Write({json}, {value}, Json.Options);";
        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum } numbers)
            return $"{json}.WriteNumberValue(({Name(numbers.EnumUnderlyingType!)}){value});";
        return type switch
        {
            { SpecialType: SpecialType.System_String } or { Name: "Guid" } => $"{json}.WriteStringValue({value});",
            { SpecialType: SpecialType.System_Boolean } => $"{json}.WriteBooleanValue({value});",
            { SpecialType: not SpecialType.None } => $"{json}.WriteNumberValue({value});",
            INamedTypeSymbol { Name: "ValueList" } list => $"Json.Write({json}, {value}, {Writer(list.TypeArguments[0])});",
            INamedTypeSymbol { Name: "ValueMap" } map => $"Json.Write({json}, {value}, {Writer(map.TypeArguments[1])});",
            _ => $"{Part(type)}.Write({json}, {value});",
        };
    }

    /// <summary>Whether a value is other than its type's default, and not an empty text.</summary>
    public static string IsSet(ITypeSymbol type, string value) => type switch
    {
        { SpecialType: SpecialType.System_String } => $"!string.IsNullOrEmpty({value})",
        { SpecialType: SpecialType.System_Boolean } => value,
        { IsReferenceType: true } => $"{value} is not null",
        _ => $"{value} != default",
    };

    string Reader(ITypeSymbol type) => IsPart(type) ? $"{Part(type)}.Read" : $"static (ref Utf8JsonReader item) => {Read(type, "item")}";

    string Writer(ITypeSymbol type) => IsPart(type) ? $"{Part(type)}.Write" : $"static (item, one) => {{ {Write(type, "item", "one")} }}";

    static bool IsPart(ITypeSymbol type) => type is INamedTypeSymbol { IsRecord: true } && ConverterOf(type) is null;

    string Part(ITypeSymbol type)
    {
        var part = (INamedTypeSymbol)type.OriginalDefinition;
        _parts.Add(part);
        return $"{part.Name}Form";
    }

    // What a type that allows null is else; a text takes care of its null itself.
    static ITypeSymbol? NotNull(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => nullable.TypeArguments[0],
        { NullableAnnotation: NullableAnnotation.Annotated, SpecialType: not SpecialType.System_String } => type.WithNullableAnnotation(NullableAnnotation.NotAnnotated),
        _ => null,
    };
}
