using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Eve.Tests.Architecture;

/// <summary>Every topic is a sealed record, has a JSON form, and comes back from its JSON as it went.</summary>
static class TopicRule
{
    /// <summary>The types that say they are topics, whatever else they are.</summary>
    public static IEnumerable<Type> Topics(IEnumerable<Type> types) =>
        types.Where(t => !t.IsInterface && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITopic<>)));

    public static IEnumerable<string> Violations(Type topic)
    {
        if (!topic.IsSealed)
            yield return $"{topic.Name} is not sealed";
        if (topic.GetMethod("<Clone>$") is null)
            yield return $"{topic.Name} is not a record";
        if (topic.GetProperty("Json")!.GetValue(null) is not JsonTypeInfo form)
        {
            yield return $"{topic.Name} has no JSON form";
            yield break;
        }
        foreach (var value in new[] { Samples.Full(topic), Samples.Empty(topic) })
        {
            if (Returned(topic, value, form) is { } fault)
                yield return $"{topic.Name} {fault}";
        }
    }

    static string? Returned(Type topic, object value, JsonTypeInfo form)
    {
        if (form.Type != topic)
            return $"has the JSON form of {form.Type.Name}";
        var text = Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(value, form));
        var back = JsonSerializer.Deserialize(text, form);
        return value.Equals(back) ? null : $"comes back changed from {text}";
    }
}
