using System.Text.Json;

namespace Eve.Platform;

/// <summary>Reads what <c>nft -j</c> lists.</summary>
internal static class NftParse
{
    public static NftTable Table(string json, string family, string name)
    {
        var chains = new Dictionary<string, IReadOnlyList<NftRule>>();
        var rules = new Dictionary<string, List<NftRule>>();
        var sets = new Dictionary<string, NftSet>();
        var limits = new HashSet<string>();
        foreach (var (kind, item) in Items(json))
        {
            switch (kind)
            {
                case "chain":
                    rules[Text(item, "name")] = [];
                    break;
                case "rule":
                    rules[Text(item, "chain")].Add(new NftRule(Number(item, "handle"), Text(item, "comment")));
                    break;
                case "set" or "map":
                    sets[Text(item, "name")] = Set(item, kind == "map");
                    break;
                case "limit":
                    limits.Add(Text(item, "name"));
                    break;
            }
        }

        foreach (var (chain, list) in rules)
            chains[chain] = list;
        return new NftTable(family, name, chains, sets, Counters(json), limits);
    }

    public static IReadOnlyDictionary<string, NftCounter> Counters(string json) =>
        Items(json).Where(item => item.Kind == "counter").ToDictionary(item => Text(item.Item, "name"), item => Counter(item.Item));

    public static NftSet? Set(string json) =>
        Items(json).Where(item => item.Kind is "set" or "map").Select(item => Set(item.Item, item.Kind == "map")).FirstOrDefault();

    static IEnumerable<(string Kind, JsonElement Item)> Items(string json)
    {
        using var document = Parse(json);
        return [.. from entry in document.RootElement.GetProperty("nftables").EnumerateArray() from property in entry.EnumerateObject() select (property.Name, property.Value.Clone())];
    }

    static JsonDocument Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException failure)
        {
            throw new EveException($"nft wrote what is not understood: {failure.Message}", failure);
        }
    }

    static NftSet Set(JsonElement set, bool isMap)
    {
        var type = set.GetProperty("type");
        var elements = set.TryGetProperty("elem", out var list) ? list.EnumerateArray().Select(element => Element(element, isMap)) : [];
        return new NftSet(
            Text(set, "name"),
            type.ValueKind == JsonValueKind.Array ? string.Join(" . ", type.EnumerateArray().Select(part => part.GetString())) : Compact(type).Trim('"'),
            isMap,
            elements.ToDictionary(element => element.Key));
    }

    // Forms: KEY; {"elem":{"val":KEY,"expires":…,"counter":…}}; in maps a pair of either with the value.
    static NftElement Element(JsonElement element, bool isMap)
    {
        if (isMap && element.ValueKind == JsonValueKind.Array)
            return Element(element[0], false) with { Value = Compact(element[1]) };
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("elem", out var details))
            return new NftElement(Compact(element));
        return new NftElement(
            Compact(details.GetProperty("val")),
            null,
            details.TryGetProperty("counter", out var counter) ? Counter(counter) : default,
            details.TryGetProperty("expires", out var expires) ? expires.GetInt64() : null,
            Text(details, "comment"));
    }

    static NftCounter Counter(JsonElement item) => new(Number(item, "packets"), Number(item, "bytes"));

    static string Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    static ulong Number(JsonElement item, string name) => item.TryGetProperty(name, out var value) && value.TryGetUInt64(out var number) ? number : 0;

    /// <summary>JSON without white space, so that equal values are equal texts.</summary>
    public static string Compact(JsonElement element)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            element.WriteTo(writer);
        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
