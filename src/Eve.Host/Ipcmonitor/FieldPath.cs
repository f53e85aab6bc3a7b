using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Eve.Host.Ipcmonitor;

/// <summary>Where a field is: <c>State</c>, <c>Ports[0].Up</c>, <c>Ports[*].Up</c> (any of them), <c>Tags["a.b"]</c>.</summary>
internal sealed partial record FieldPath(string Text)
{
    readonly List<(string? Name, int? Index)> _steps = [.. Step.Matches(Text).Select(Read)];

    /// <summary>What the value has there: nothing, one, or with <c>[*]</c> several. As in EVE, names match without regard to case.</summary>
    public IEnumerable<JsonElement> In(JsonElement value)
    {
        IEnumerable<JsonElement> found = [value];
        foreach (var step in _steps)
            found = found.SelectMany(v => Next(v, step));
        return found;
    }

    static (string? Name, int? Index) Read(Match match) =>
        match.Groups["index"] is { Success: true } index ? (null, int.Parse(index.ValueSpan, CultureInfo.InvariantCulture))
        : match.Groups["name"] is { Success: true } name ? (name.Value, null)
        : match.Groups["quoted"] is { Success: true } quoted ? (Literal.Unquote(quoted.Value), null)
        : (null, null);

    static IEnumerable<JsonElement> Next(JsonElement value, (string? Name, int? Index) step) => (value.ValueKind, step) switch
    {
        (JsonValueKind.Object, { Name: { } name }) when value.TryGetProperty(name, out var field) => [field],
        (JsonValueKind.Object, { Name: { } name }) => value.EnumerateObject().Where(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(f => f.Value).Take(1),
        (JsonValueKind.Object, { Name: null, Index: null }) => value.EnumerateObject().Select(f => f.Value),
        (JsonValueKind.Array, { Index: { } index }) when index < value.GetArrayLength() => [value[index]],
        (JsonValueKind.Array, { Name: null, Index: null }) => value.EnumerateArray(),
        _ => [],
    };

    [GeneratedRegex("""\.?(?<name>[A-Za-z_][\w-]*)|\[(?<index>\d{1,6})\]|\[\*\]|\[(?<quoted>"(?:[^"\\]|\\.)*")\]""")]
    private static partial Regex Step { get; }
}
