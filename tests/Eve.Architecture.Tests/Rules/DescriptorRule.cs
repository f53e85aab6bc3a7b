using System.Reflection;

namespace Eve.Tests.Architecture;

/// <summary>Where a topic is declared, and the three names that tell it from all others.</summary>
sealed record Descriptor(string Field, string Publisher, string Name, string Scope);

/// <summary>No two descriptors are the same table on the bus.</summary>
static class DescriptorRule
{
    public static IEnumerable<string> Violations(IEnumerable<Descriptor> descriptors) =>
        from same in descriptors.GroupBy(d => (d.Publisher, d.Name, d.Scope))
        where same.Count() > 1
        select $"{same.Key.Publisher}/{same.Key.Scope}/{same.Key.Name} is declared as {string.Join(" and ", same.Select(d => d.Field))}";

    public static IReadOnlyList<Descriptor> Of(IEnumerable<Type> types) =>
        [.. from type in types
            where !type.ContainsGenericParameters
            from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            where field.FieldType.IsGenericType && field.FieldType.GetGenericTypeDefinition() == typeof(Topic<>)
            let topic = field.GetValue(null)
            select new Descriptor($"{type.Name}.{field.Name}", Text(topic, "Publisher"), Text(topic, "Name"), Text(topic, "Scope"))];

    static string Text(object topic, string property) => (string)topic.GetType().GetProperty(property)!.GetValue(topic)!;
}
