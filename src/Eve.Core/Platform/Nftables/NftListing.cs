namespace Eve.Platform;

/// <summary>A table as nft lists it: enough to see whether it is what was loaded, by names, comments and elements. Expressions come back changed and are left out.</summary>
internal sealed record NftTable(
    string Family,
    string Name,
    IReadOnlyDictionary<string, IReadOnlyList<NftRule>> Chains,
    IReadOnlyDictionary<string, NftSet> Sets,
    IReadOnlyDictionary<string, NftCounter> Counters,
    IReadOnlySet<string> Limits);

/// <summary>A rule; ours are known by their comments.</summary>
internal sealed record NftRule(ulong Handle, string Comment);

/// <summary>A set or a map.</summary>
/// <param name="Type">The type of its keys: <c>ipv4_addr . inet_service</c>.</param>
internal sealed record NftSet(string Name, string Type, bool IsMap, IReadOnlyDictionary<string, NftElement> Elements);

/// <summary>An element by its key, both as compact JSON.</summary>
/// <param name="Value">What a map says for it; null in a set.</param>
/// <param name="ExpiresSeconds">How long a timed element still lives.</param>
internal sealed record NftElement(string Key, string? Value = null, NftCounter Counter = default, long? ExpiresSeconds = null, string Comment = "");

/// <summary>Packets and bytes counted.</summary>
internal readonly record struct NftCounter(ulong Packets, ulong Bytes);
