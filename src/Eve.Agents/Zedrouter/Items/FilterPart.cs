namespace Eve.Agents.Zedrouter;

/// <summary>
/// A part of the packet filter that is changed in one transaction: the frame of the two tables (<c>eve</c>), what one network instance adds to it (<c>bn1</c>),
/// or what one VIF adds (<c>nbu1x1</c>).
/// </summary>
internal sealed record FilterPart(
    string Name, string OfBridge, string OfVif, ValueList<FilterObject> Objects, ValueList<FilterChain> Chains, ValueList<FilterElement> Elements)
    : NetworkItem("nft/" + Name, OfBridge, OfVif)
{
    public const string Frame = "eve";

    public override ValueList<string> Needs => Name == Frame ? [] : OfVif.Length > 0 ? ["nft/" + OfBridge] : ["nft/" + Frame];

    /// <summary>
    /// Whether somebody else has taken parts of the filter away (nft flush ruleset): their counters are not there any more. The filter rings no bell, and to
    /// read all of it at each turn would cost too much; the counters are read anyway.
    /// </summary>
    public static bool IsLost(IEnumerable<Item> actual, NetworkCounts counts) =>
        actual.OfType<FilterPart>().SelectMany(p => p.Objects).Any(o => o.Kind == "counter" && !counts.Drops.ContainsKey(o.Name));
}

/// <summary>A set, a map or a counter. Compared by its name: nft does not list declarations as they were given.</summary>
/// <param name="Kind">set, map or counter, as nft calls it.</param>
/// <param name="Form">The rest of its declaration: JSON members, without family, table and name.</param>
internal sealed record FilterObject(string Kind, string Family, string Name, string Form = "")
{
    public bool Equals(FilterObject? other) => other is not null && (Kind, Family, Name) == (other.Kind, other.Family, other.Name);

    public override int GetHashCode() => HashCode.Combine(Kind, Family, Name);
}

/// <summary>A chain. Compared by the digest of its rules, which its last rule carries as a comment: nft does not list rules as they were given.</summary>
/// <param name="Hook">JSON members that tie it to a hook; empty for a chain that is jumped to.</param>
/// <param name="Rules">None when it is read from the machine.</param>
internal sealed record FilterChain(string Family, string Name, string Digest, string Hook, ValueList<FilterRule> Rules)
{
    public bool Equals(FilterChain? other) => other is not null && (Family, Name, Digest) == (other.Family, other.Name, other.Digest);

    public override int GetHashCode() => HashCode.Combine(Family, Name, Digest);
}

/// <summary>A rule: its expressions as a JSON array, and the access control entry that it comes from.</summary>
internal sealed record FilterRule(string Expressions, int? Ace = null);

/// <summary>An element of a set or map, in compact JSON.</summary>
/// <param name="Value">What a map says for it.</param>
internal sealed record FilterElement(string Family, string Set, string Key, string Value = "");
