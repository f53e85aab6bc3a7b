using System.Net;
using System.Reflection;

namespace Eve.Tests.AllAgents;

/// <summary>Values that say nothing: what a machine answers that has nothing, and what an earlier life may have published.</summary>
internal static class Blank
{
    static readonly Guid SomeGuid = Guid.Parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    /// <summary>A record with its defaults; every UUID in it is the same one, and every text this one.</summary>
    public static object Record(Type type, string text)
    {
        var constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(c => c.GetParameters() is not [var only] || only.ParameterType != type)
            .Where(c => !c.GetParameters().Any(p => p.ParameterType.IsByRefLike))
            .MaxBy(c => c.GetParameters().Length);
        return constructor is null ? Activator.CreateInstance(type)! : constructor.Invoke([.. constructor.GetParameters().Select(p => Of(p.ParameterType, Nullability(p), text))]);
    }

    /// <summary>What a method answers when there is nothing to tell.</summary>
    public static object? Answer(MethodInfo method, object?[] arguments)
    {
        var type = method.ReturnType;
        if (type == typeof(void))
            return null;
        if (type == typeof(Task))
            return Task.CompletedTask;
        if (type == typeof(ValueTask))
            return ValueTask.CompletedTask;
        var nullability = Nullability(method.ReturnParameter);
        if (!type.IsGenericType)
            return Of(type, nullability, "");
        var inner = type.GetGenericArguments()[0];
        if (type.GetGenericTypeDefinition() == typeof(Task<>))
            return Call(nameof(Finished), inner, Of(inner, nullability.GenericTypeArguments[0], ""));
        if (type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            return Activator.CreateInstance(type, Of(inner, nullability.GenericTypeArguments[0], ""));
        if (type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>))
            return Call(nameof(SilentAsync), inner, arguments.OfType<CancellationToken>().FirstOrDefault(), CancellationToken.None);
        return Of(type, nullability, "");
    }

    static object? Of(Type type, NullabilityInfo? nullability, string text)
    {
        if (type == typeof(Guid))
            return SomeGuid;
        if (type.IsValueType && !IsRecordOrTuple(type))
            return Activator.CreateInstance(type);
        if (type.IsGenericType && type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal))
            return Activator.CreateInstance(type, [.. type.GetGenericArguments().Select(t => Of(t, null, text))]);
        if (type.IsValueType)
            return Record(type, text);
        if (type == typeof(IPAddress))
            return IPAddress.Any;
        if (nullability is { ReadState: NullabilityState.Nullable } or { WriteState: NullabilityState.Nullable })
            return null;
        if (type == typeof(string))
            return text;
        if (type == typeof(Stream))
            return Stream.Null;
        if (type.IsArray)
            return Array.CreateInstance(type.GetElementType()!, 0);
        if (typeof(Delegate).IsAssignableFrom(type))
            return null;
        if (Collection(type) is { } collection)
            return Activator.CreateInstance(collection);
        return type.IsInterface ? Recorder.Of(type, (_, _) => { }) : Record(type, text);
    }

    static Type? Collection(Type type)
    {
        if (!type.IsGenericType)
            return null;
        var arguments = type.GetGenericArguments();
        return new[] { typeof(List<>), typeof(HashSet<>), typeof(Dictionary<,>) }
            .Where(c => c.GetGenericArguments().Length == arguments.Length)
            .Select(c => c.MakeGenericType(arguments))
            .FirstOrDefault(type.IsAssignableFrom);
    }

    static bool IsRecordOrTuple(Type type) =>
        type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal) || type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null;

    static NullabilityInfo Nullability(ParameterInfo parameter) => new NullabilityInfoContext().Create(parameter);

    static object Call(string method, Type argument, params object?[] values) =>
        typeof(Blank).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(argument).Invoke(null, values)!;

    static Task<T> Finished<T>(T value) => Task.FromResult(value);

    static async IAsyncEnumerable<T> SilentAsync<T>(CancellationToken given, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(given, cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, either.Token);
        yield break;
    }
}
