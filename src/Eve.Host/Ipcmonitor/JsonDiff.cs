using System.Text.Json;

namespace Eve.Host.Ipcmonitor;

/// <summary>A field that differs.</summary>
/// <param name="Path">Where: <c>Ports[0].Up</c>; "" is the value itself.</param>
/// <param name="Old">Its JSON before; null: it was not there.</param>
/// <param name="New">Its JSON now; null: it is not there.</param>
internal sealed record FieldChange(string Path, string? Old, string? New);

/// <summary>Which fields of a value differ from those of the former one.</summary>
internal static class JsonDiff
{
    /// <summary>The differences, in the order of the new value's fields; what is gone comes behind.</summary>
    public static IEnumerable<FieldChange> Between(JsonElement old, JsonElement @new, string path = "") => (old.ValueKind, @new.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => Objects(old, @new, path),
        (JsonValueKind.Array, JsonValueKind.Array) => Arrays(old, @new, path),
        _ when JsonText.Text(old) is var before && JsonText.Text(@new) is var now && before != now => [new(path, before, now)],
        _ => [],
    };

    static IEnumerable<FieldChange> Objects(JsonElement old, JsonElement @new, string path)
    {
        foreach (var field in @new.EnumerateObject())
        {
            var at = path.Length > 0 ? $"{path}.{JsonText.Escaped(field.Name)}" : JsonText.Escaped(field.Name);
            if (!old.TryGetProperty(field.Name, out var former))
                yield return new(at, null, JsonText.Text(field.Value));
            else
            {
                foreach (var change in Between(former, field.Value, at))
                    yield return change;
            }
        }
        foreach (var field in old.EnumerateObject().Where(f => !@new.TryGetProperty(f.Name, out _)))
            yield return new(path.Length > 0 ? $"{path}.{JsonText.Escaped(field.Name)}" : JsonText.Escaped(field.Name), JsonText.Text(field.Value), null);
    }

    static IEnumerable<FieldChange> Arrays(JsonElement old, JsonElement @new, string path)
    {
        for (var i = 0; i < Math.Max(old.GetArrayLength(), @new.GetArrayLength()); i++)
        {
            var at = $"{path}[{i}]";
            if (i >= old.GetArrayLength())
                yield return new(at, null, JsonText.Text(@new[i]));
            else if (i >= @new.GetArrayLength())
                yield return new(at, JsonText.Text(old[i]), null);
            else
            {
                foreach (var change in Between(old[i], @new[i], at))
                    yield return change;
            }
        }
    }
}
