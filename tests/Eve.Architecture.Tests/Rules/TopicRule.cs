using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Eve.Tests.Architecture;

/// <summary>Every topic is a sealed record, is in the one JSON context, and comes back from its JSON as it went.</summary>
/// <param name="context">The context that must know it.</param>
sealed class TopicRule(JsonSerializerContext context)
{
    /// <summary>The types that say they are topics, whatever else they are.</summary>
    public static IEnumerable<Type> Topics(IEnumerable<Type> types) =>
        types.Where(t => !t.IsInterface && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITopic<>)));

    public IEnumerable<string> Violations(Type topic)
    {
        if (!topic.IsSealed)
            yield return $"{topic.Name} is not sealed";
        if (topic.GetMethod("<Clone>$") is null)
            yield return $"{topic.Name} is not a record";
        if (context.GetTypeInfo(topic) is null)
        {
            yield return $"{topic.Name} is not in {context.GetType().Name}";
            yield break;
        }
        foreach (var value in new[] { Samples.Full(topic), Samples.Empty(topic) })
        {
            if (Returned(topic, value) is { } fault)
                yield return $"{topic.Name} {fault}";
        }
    }

    static string? Returned(Type topic, object value)
    {
        var form = (JsonTypeInfo)topic.GetProperty("Json")!.GetValue(null)!;
        if (form.Type != topic)
            return $"has the JSON form of {form.Type.Name}";
        var text = Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(value, form));
        var back = JsonSerializer.Deserialize(text, form);
        return value.Equals(back) ? null : $"comes back changed from {text}";
    }
}
