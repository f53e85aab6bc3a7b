using System.Text.Json;

namespace Eve.Tests.Topics;

/// <summary>Compares JSON as values: the order of members does not count, numbers count exactly.</summary>
static class JsonText
{
    /// <summary>The first difference as "path: left is not right", or null.</summary>
    public static string? Difference(string left, string right)
    {
        using var a = JsonDocument.Parse(left);
        using var b = JsonDocument.Parse(right);
        return Difference("$", a.RootElement, b.RootElement);
    }

    static string? Difference(string path, JsonElement left, JsonElement right)
    {
        if (left.ValueKind != right.ValueKind)
            return $"{path}: {left.GetRawText()} is not {right.GetRawText()}";
        return left.ValueKind switch
        {
            JsonValueKind.Object => Members(path, left, right),
            JsonValueKind.Array => Items(path, left, right),
            JsonValueKind.Number => left.GetRawText() == right.GetRawText() || left.GetDecimal() == right.GetDecimal()
                ? null : $"{path}: {left.GetRawText()} is not {right.GetRawText()}",
            JsonValueKind.String => left.GetString() == right.GetString() ? null : $"{path}: {left.GetRawText()} is not {right.GetRawText()}",
            _ => null,
        };
    }

    static string? Members(string path, JsonElement left, JsonElement right)
    {
        var members = right.EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
        foreach (var member in left.EnumerateObject())
        {
            if (!members.Remove(member.Name, out var other))
                return $"{path}.{member.Name}: only on the left";
            if (Difference($"{path}.{member.Name}", member.Value, other) is { } difference)
                return difference;
        }
        return members.Count == 0 ? null : $"{path}.{members.Keys.First()}: only on the right";
    }

    static string? Items(string path, JsonElement left, JsonElement right)
    {
        if (left.GetArrayLength() != right.GetArrayLength())
            return $"{path}: {left.GetArrayLength()} items are not {right.GetArrayLength()}";
        return left.EnumerateArray().Zip(right.EnumerateArray())
            .Select((pair, i) => Difference($"{path}[{i}]", pair.First, pair.Second))
            .FirstOrDefault(difference => difference is not null);
    }
}
