namespace Eve.Agents.Zedagent.Reporting;

/// <summary>What is known of one kind of object.</summary>
/// <param name="Name">What its reports' keys begin with.</param>
/// <param name="Known">All that is to be and all that is has been said: what is not named is not there.</param>
/// <param name="Named">Keys behind which something stands: they are wanted, or not torn down yet.</param>
internal sealed record ObjectKind(string Name, bool Known, IEnumerable<string> Named);

/// <summary>Which of the objects that the controller believes in are gone.</summary>
internal static class Departures
{
    /// <summary>The key of an object's report.</summary>
    public static string Key(string kind, string id) => $"{kind}:{id}";

    /// <param name="reported">The keys of all that was ever reported, in this life or before.</param>
    /// <param name="present">The keys of what is there now.</param>
    /// <param name="kinds">Every kind; what is of none is not judged.</param>
    public static IReadOnlyList<string> Of(IEnumerable<string> reported, IReadOnlySet<string> present, IEnumerable<ObjectKind> kinds)
    {
        var missing = reported.Where(key => !present.Contains(key)).ToList();
        if (missing.Count == 0)
            return [];
        var known = kinds.Where(k => k.Known).ToDictionary(k => k.Name, k => k.Named.Select(id => Key(k.Name, id)).ToHashSet());
        return [.. missing.Where(key => known.TryGetValue(key.Split(':', 2)[0], out var named) && !named.Contains(key))];
    }
}
