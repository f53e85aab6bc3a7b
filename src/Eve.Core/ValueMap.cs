using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Eve;

/// <summary>An immutable map compared by its entries, in whatever order.</summary>
/// <remarks>A nil map and an empty one are equal; each is written as it was read, with its keys sorted.</remarks>
[CollectionBuilder(typeof(ValueMap), nameof(ValueMap.Create))]
public readonly struct ValueMap<TKey, TValue> : IReadOnlyDictionary<TKey, TValue>, IEquatable<ValueMap<TKey, TValue>> where TKey : notnull
{
    readonly Dictionary<TKey, TValue>? _entries;

    internal ValueMap(Dictionary<TKey, TValue>? entries) => _entries = entries;

    /// <summary>A copy of these entries; of two with one key the last counts.</summary>
    public ValueMap(IEnumerable<KeyValuePair<TKey, TValue>> entries)
    {
        _entries = [];
        foreach (var (key, value) in entries)
            _entries[key] = value;
    }

    public bool IsNil => _entries is null;
    public int Count => _entries?.Count ?? 0;
    public TValue this[TKey key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"The map has no key '{key}'.");
    public IEnumerable<TKey> Keys => _entries is null ? [] : _entries.Keys;
    public IEnumerable<TValue> Values => _entries is null ? [] : _entries.Values;

    public bool ContainsKey(TKey key) => _entries is not null && _entries.ContainsKey(key);

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (_entries is not null)
            return _entries.TryGetValue(key, out value);
        value = default;
        return false;
    }

    /// <summary>The keys as names in JSON, sorted.</summary>
    internal SortedDictionary<string, TKey> Names()
    {
        var names = new SortedDictionary<string, TKey>(StringComparer.Ordinal);
        foreach (var key in Keys)
            names[key.ToString()!] = key;
        return names;
    }

    /// <summary>A copy in which the key has this value.</summary>
    public ValueMap<TKey, TValue> With(TKey key, TValue value) => new(new Dictionary<TKey, TValue>(_entries ?? []) { [key] = value });

    /// <summary>A copy without the key.</summary>
    public ValueMap<TKey, TValue> Without(TKey key)
    {
        if (!ContainsKey(key))
            return this;
        var entries = new Dictionary<TKey, TValue>(_entries!);
        entries.Remove(key);
        return new(entries);
    }

    public bool Equals(ValueMap<TKey, TValue> other)
    {
        if (Count != other.Count)
            return false;
        foreach (var (key, value) in this)
        {
            if (!other.TryGetValue(key, out var otherValue) || !EqualityComparer<TValue>.Default.Equals(value, otherValue))
                return false;
        }
        return true;
    }

    public override bool Equals(object? obj) => obj is ValueMap<TKey, TValue> other && Equals(other);
    public static bool operator ==(ValueMap<TKey, TValue> left, ValueMap<TKey, TValue> right) => left.Equals(right);
    public static bool operator !=(ValueMap<TKey, TValue> left, ValueMap<TKey, TValue> right) => !left.Equals(right);

    public override int GetHashCode()
    {
        var hash = Count;
        foreach (var (key, value) in this)
            hash += HashCode.Combine(key, value);       // a sum: the order does not count
        return hash;
    }

    public override string ToString() => $"{{{string.Join(", ", this.Select(entry => $"{entry.Key}: {entry.Value}"))}}}";
    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() => ((IEnumerable<KeyValuePair<TKey, TValue>>?)_entries ?? []).GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

public static class ValueMap
{
    public static ValueMap<TKey, TValue> Create<TKey, TValue>(ReadOnlySpan<KeyValuePair<TKey, TValue>> entries) where TKey : notnull
    {
        var map = new Dictionary<TKey, TValue>(entries.Length);
        foreach (var (key, value) in entries)
            map[key] = value;
        return new(map);
    }

    /// <summary>A key from its name in JSON.</summary>
    internal static TKey Key<TKey>(string? name) where TKey : IParsable<TKey> =>
        TKey.TryParse(name, CultureInfo.InvariantCulture, out var key) ? key : throw new JsonException($"'{name}' is not a key of this map");
}

/// <summary>A context names it for each closed type, as <see cref="ValueListConverter{T}"/>, and <typeparamref name="TValue"/> as serializable.</summary>
public sealed class ValueMapConverter<TKey, TValue> : JsonConverter<ValueMap<TKey, TValue>> where TKey : notnull, IParsable<TKey>
{
    public override bool HandleNull => true;

    public override ValueMap<TKey, TValue> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return default;
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("not an object");

        var values = Values(options);
        var entries = new Dictionary<TKey, TValue>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = ValueMap.Key<TKey>(reader.GetString());
            reader.Read();
            entries[key] = JsonSerializer.Deserialize(ref reader, values)!;
        }
        return new(entries);
    }

    public override void Write(Utf8JsonWriter writer, ValueMap<TKey, TValue> value, JsonSerializerOptions options)
    {
        if (value.IsNil)
        {
            writer.WriteNullValue();
            return;
        }
        var values = Values(options);
        writer.WriteStartObject();
        foreach (var (name, key) in value.Names())
        {
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, value[key], values);
        }
        writer.WriteEndObject();
    }

    static JsonTypeInfo<TValue> Values(JsonSerializerOptions options) => (JsonTypeInfo<TValue>)options.GetTypeInfo(typeof(TValue));
}
