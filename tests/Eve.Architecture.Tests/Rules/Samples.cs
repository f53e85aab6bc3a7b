using System.Net;
using System.Reflection;
using Eve.Topics;

namespace Eve.Tests.Architecture;

/// <summary>Values of any record: one with every member set to something else than its default, and one with nothing set.</summary>
static class Samples
{
    const int Depth = 5;        // records that hold their own kind end here

    public static object Full(Type type) => Make(type, 0) ?? throw new InvalidOperationException($"No sample of {type}.");

    public static object Empty(Type type)
    {
        var constructor = Constructor(type);
        return constructor.Invoke([.. constructor.GetParameters().Select(Default)]);
    }

    static object? Default(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        return parameter.HasDefaultValue && parameter.DefaultValue is { } value ? type.IsEnum ? Enum.ToObject(type, value) : value
            : type == typeof(string) && !IsNullable(parameter) ? ""
            : type.IsValueType ? Activator.CreateInstance(type)
            : IsNullable(parameter) || parameter.HasDefaultValue ? null
            : Empty(type);
    }

    static bool IsNullable(ParameterInfo parameter) => new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;

    static object? Make(Type type, int depth)
    {
        if (Simple(type) is { } simple)
            return simple;
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Make(inner, depth);
        if (type.IsArray)
            return Items(type.GetElementType()!, depth);
        if (depth > Depth)
            return type.IsValueType ? Activator.CreateInstance(type) : null;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueList<>))
            return Activator.CreateInstance(type, Items(type.GetGenericArguments()[0], depth));
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueMap<,>))
            return Activator.CreateInstance(type, Entries(type.GetGenericArguments(), depth));
        return Record(type, depth);
    }

    static object? Simple(Type type) =>
        type == typeof(string) ? "some \"text\" + <Ünïcode>"
        : type == typeof(bool) ? true
        : type == typeof(Guid) ? Guid.Parse("0d5b1b55-5c8d-4f8e-9f0e-3f1f4a9c7a11")
        : type == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 11, 24, 8, 13, 43, 123, TimeSpan.FromHours(1))
        : type == typeof(TimeSpan) ? TimeSpan.FromMilliseconds(90_061_001)
        : type == typeof(IPAddress) ? IPAddress.Parse("192.0.2.7")
        : type == typeof(double) ? 1234.5678
        : type == typeof(float) ? 1234.5f
        : type.IsEnum ? Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)
        : type.IsPrimitive ? Convert.ChangeType(107, type, null)
        : Known(type);

    /// <summary>Values with a form of their own, which a constructor's parameters do not show.</summary>
    static object? Known(Type type) =>
        type == typeof(GoTime) ? GoTime.Parse("2026-11-24T08:13:43.123456789+01:00")
        : type == typeof(GoDuration) ? new GoDuration(3_723_000_000_001)
        : type == typeof(Bytes) ? new Bytes([1, 2, 254])
        : type == typeof(MacAddress) ? MacAddress.Parse("02:16:3e:0a:0b:0c")
        : type == typeof(RawJson) ? new RawJson("""{"x":[1,null]}""")
        : null;

    static Array Items(Type item, int depth)
    {
        if (Make(item, depth + 1) is not { } value)
            return Array.CreateInstance(item, 0);
        var items = Array.CreateInstance(item, 2);
        items.SetValue(value, 0);
        items.SetValue(value, 1);
        return items;
    }

    static Array Entries(Type[] keyAndValue, int depth)
    {
        var pair = typeof(KeyValuePair<,>).MakeGenericType(keyAndValue);
        if (Make(keyAndValue[1], depth + 1) is not { } value)
            return Array.CreateInstance(pair, 0);
        var entries = Array.CreateInstance(pair, 1);
        entries.SetValue(Activator.CreateInstance(pair, Make(keyAndValue[0], depth + 1), value), 0);
        return entries;
    }

    static object Record(Type type, int depth)
    {
        var constructor = Constructor(type);
        var value = constructor.Invoke([.. constructor.GetParameters().Select(p => Make(p.ParameterType, depth + 1))]);
        var taken = constructor.GetParameters().Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var property in type.GetProperties().Where(p => p.SetMethod is { IsPublic: true } && !taken.Contains(p.Name)))
            property.SetValue(value, Make(property.PropertyType, depth + 1));
        return value;
    }

    // The longest one is the record's own; the shortest may be the copy constructor, which is not public.
    static ConstructorInfo Constructor(Type type) =>
        type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).FirstOrDefault()
        ?? throw new InvalidOperationException($"{type} has no public constructor.");
}
